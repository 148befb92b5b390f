package dev.sshtunnels.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Row;
import dev.sshtunnels.operator.edits.Edit;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Edits of each kind that docs/edits.md tells apart, against the real API server; it has those of all fields. */
class EditsIT extends OperatorScenario {

    private static final Duration BOUND = Duration.ofSeconds(15);
    private static final String APPLY = "`kubectl apply`";

    @BeforeEach
    void aServerWithTwoTunnels() {
        workspace.apply(
                targetService("web", 80),
                server("bastion"),
                tunnel("db", "bastion", 5432),
                remote("web", "bastion", 8080));
        workspace.await(Service.class, "db");
        await().untilAsserted(() -> {
            assertThat(documents("bastion")).contains("tunnel-db.yaml", "tunnel-web.yaml");
            assertThat(List.of(isObservedOfServer(), isObserved("db"))).containsOnly(true);
        });
    }

    @Test
    void theApiServerTakesTheEditOfEveryField() {
        for (Edit edit : Edit.all()) {
            String name = "edited-" + edit.kind().toLowerCase();
            workspace.tryOut(edit.manifest(name, edit.before()));
            workspace.tryOut(edit.manifest(name, edit.after()));
        }
    }

    @Test
    @Covers(Row.F75)
    void aForwardIsChangedInPlace() throws Exception {
        long deployed = deploymentGeneration();

        edited(
                "a target",
                tunnel("db", "bastion", 5432).replace("db.corp.internal", "other.corp"),
                () -> isObserved("db") && document("bastion", "db").contains("other.corp"));
        assertThat(deploymentGeneration()).isEqualTo(deployed);
    }

    @Test
    @Covers(Row.F75)
    void aPortOfAnLForwardIsChangedInItsService() throws Exception {
        String document = document("bastion", "db").replaceAll("generation: .*", "");

        edited(
                "a port of an L forward",
                tunnel("db", "bastion", 6543),
                () -> isObserved("db") && workspace.port("db") == 6543);
        assertThat(document("bastion", "db").replaceAll("generation: .*", "")).isEqualTo(document);
    }

    @Test
    @Covers(Row.F75)
    void aTunnelThatTurnsRoundLosesItsService() throws Exception {
        edited(
                "mode L to R",
                tunnel("db", "bastion", 5432).replace("mode: L", "mode: R"),
                () -> isObserved("db")
                        && workspace.find(Service.class, "db") == null
                        && document("bastion", "db").contains("mode: \"R\""));
    }

    @Test
    @Covers(Row.F75)
    void aLoginIsChangedWithNewPods() throws Exception {
        String former = sessionHash();

        edited(
                "a user",
                server("bastion").replace("user: tunnel", "user: other"),
                () -> isObservedOfServer() && !sessionHash().equals(former));
        assertThat(workspace.get(SshServer.class, "bastion").getStatus().conditions())
                .filteredOn(condition -> condition.getType().equals("Connected"))
                .extracting(Condition::getStatus)
                .doesNotContain("True");
    }

    @Test
    @Covers(Row.F75)
    void moreAgentsLeaveTheOthersAlone() throws Exception {
        String hash = sessionHash();

        edited(
                "replicas",
                server("bastion").replace("agent: {", "agent: {replicas: 2, "),
                () -> isObservedOfServer()
                        && workspace
                                        .get(Deployment.class, "bastion-ssh")
                                        .getSpec()
                                        .getReplicas()
                                == 2);
        assertThat(sessionHash()).isEqualTo(hash);
    }

    @Test
    @Covers(Row.F75)
    void anEditThatIsRefusedChangesNothing() throws Exception {
        Writings before = Writings.in(workspace)
                .of(name -> name.equals("ConfigMap bastion-ssh")
                        || name.equals("Deployment bastion-ssh")
                        || name.equals("Service db"));

        edited(
                "a field that is not supported",
                server("bastion").replace("user:", "compression: true\n  user:"),
                () -> isObservedOfServer()
                        && condition(workspace.get(SshServer.class, "bastion"), "Accepted")
                                .getReason()
                                .equals("NotSupportedYet"));
        assertThat(before.changesTo(Writings.in(workspace).of(before.objects()::containsKey)))
                .isEmpty();
        workspace.apply(server("bastion"));
    }

    private void edited(String what, String manifest, Callable<Boolean> inForce) throws Exception {
        Incident.of(Row.F75, what)
                .inject(APPLY, () -> workspace.apply(manifest))
                .recovers(BOUND, inForce)
                .passed();
    }

    private boolean isObservedOfServer() {
        SshServer server = workspace.get(SshServer.class, "bastion");
        return server.getStatus() != null
                && Objects.equals(
                        server.getStatus().observedGeneration(),
                        server.getMetadata().getGeneration());
    }

    private boolean isObserved(String name) {
        SshTunnel tunnel = workspace.get(SshTunnel.class, name);
        return tunnel.getStatus() != null
                && Objects.equals(
                        tunnel.getStatus().observedGeneration(),
                        tunnel.getMetadata().getGeneration());
    }

    private long deploymentGeneration() {
        return workspace.get(Deployment.class, "bastion-ssh").getMetadata().getGeneration();
    }

    private String sessionHash() {
        return workspace
                .get(Deployment.class, "bastion-ssh")
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get("sshtunnels.dev/session-hash");
    }
}
