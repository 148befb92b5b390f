package dev.sshtunnels.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Row;
import dev.sshtunnels.operator.kinds.SshTunnel;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Children that others delete or edit, and owners that are edited or made anew while the operator works. */
class ChildrenIT extends OperatorScenario {

    private static final Duration BOUND = Duration.ofSeconds(10);

    @ParameterizedTest
    @ValueSource(classes = {Deployment.class, ConfigMap.class, Service.class})
    @Covers(Row.F69)
    <T extends HasMetadata> void aDeletedChildIsMadeAnew(Class<T> type) throws Exception {
        String name = "less-" + type.getSimpleName().toLowerCase();
        workspace.apply(server(name), tunnel(name, name, 5432));
        String child = type == Service.class ? name : name + "-ssh";
        String uid = workspace.await(type, child).getMetadata().getUid();
        workspace.await(Service.class, name);

        Incident.of(Row.F69, type.getSimpleName())
                .inject("`kubectl delete`", () -> workspace.delete(type, child))
                .recovers(BOUND, () -> {
                    T now = workspace.find(type, child);
                    return now != null && !now.getMetadata().getUid().equals(uid);
                })
                .passed();
    }

    @Test
    @Covers(Row.F69)
    void portsOutliveTheDocumentsThatTellThem() throws Exception {
        workspace.apply(server("ports"), tunnel("first", "ports", 5432), tunnel("second", "ports", 5432));
        workspace.await(Service.class, "second");
        workspace.delete(SshTunnel.class, "first");
        await().until(() -> document("ports", "first") == null);
        String document = document("ports", "second");
        String uid = workspace.get(ConfigMap.class, "ports-ssh").getMetadata().getUid();

        Incident.of(Row.F69, "ConfigMap of a server that lost a tunnel before")
                .inject("`kubectl delete`", () -> workspace.delete(ConfigMap.class, "ports-ssh"))
                .recovers(BOUND, () -> {
                    ConfigMap now = workspace.find(ConfigMap.class, "ports-ssh");
                    return now != null && !now.getMetadata().getUid().equals(uid);
                })
                .passed();

        assertThat(document("ports", "second")).isEqualTo(document);
    }

    @Test
    @Covers(Row.F70)
    void aChildThatLostItsLabelsGetsThemBackAndItsEdits() throws Exception {
        workspace.apply(server("bare"), tunnel("plain", "bare", 5432));
        workspace.await(Service.class, "plain");
        String uid = workspace.get(ConfigMap.class, "bare-ssh").getMetadata().getUid();

        Incident.of(Row.F70, "labels of the ConfigMap, then an edit of the tunnel")
                .inject("`kubectl label --all managed-by-`, then `kubectl apply`", () -> {
                    workspace.edit(
                            ConfigMap.class,
                            "bare-ssh",
                            child -> child.getMetadata().setLabels(Map.of()));
                    workspace.apply(tunnel("plain", "bare", 5432).replace("db.corp", "db2.corp"));
                })
                .recovers(BOUND, () -> document("bare", "plain").contains("db2.corp"))
                .passed();

        assertThat(workspace.get(ConfigMap.class, "bare-ssh").getMetadata())
                .satisfies(now -> assertThat(now.getUid()).isEqualTo(uid))
                .satisfies(now -> assertThat(now.getLabels())
                        .containsEntry("app.kubernetes.io/managed-by", "ssh-tunnel-operator"));
    }

    @Test
    @Covers(Row.F70)
    void anEditedChildIsBroughtBack() throws Exception {
        workspace.apply(server("edited"), tunnel("edited", "edited", 5432));
        workspace.await(Service.class, "edited");

        Incident.of(Row.F70, "replicas of the Deployment")
                .inject(
                        "`kubectl scale --replicas=0`",
                        () -> workspace.edit(
                                Deployment.class,
                                "edited-ssh",
                                child -> child.getSpec().setReplicas(0)))
                .recovers(
                        BOUND,
                        () -> workspace
                                        .get(Deployment.class, "edited-ssh")
                                        .getSpec()
                                        .getReplicas()
                                == 1)
                .passed();
        Incident.of(Row.F70, "selector of the Service")
                .inject(
                        "`kubectl edit`",
                        () -> workspace.edit(
                                Service.class,
                                "edited",
                                child -> child.getSpec().setSelector(Map.of("app", "somebody-else"))))
                .recovers(
                        BOUND,
                        () -> "edited"
                                .equals(workspace
                                        .get(Service.class, "edited")
                                        .getSpec()
                                        .getSelector()
                                        .get("sshtunnels.dev/server")))
                .passed();
    }

    @Test
    @Covers(Row.F68)
    void fieldsOfOthersAreKept() throws Exception {
        workspace.apply(server("shared"), tunnel("shared", "shared", 5432));
        workspace.await(Service.class, "shared");

        Incident.of(Row.F68, "an annotation by somebody else and a port of ours, in one edit")
                .inject(
                        "`kubectl edit`",
                        () -> workspace.edit(Service.class, "shared", child -> {
                            child.getMetadata().setAnnotations(Map.of("team.example/note", "ours"));
                            child.getSpec().getPorts().getFirst().setPort(9999);
                        }))
                .recovers(BOUND, () -> workspace.port("shared") == 5432)
                .passed();
        assertThat(workspace.get(Service.class, "shared").getMetadata().getAnnotations())
                .containsEntry("team.example/note", "ours");
        await().untilAsserted(() -> assertThat(
                        workspace.get(Service.class, "shared").getMetadata().getManagedFields())
                .filteredOn(entry -> entry.getManager().equals(OperatorSettings.FIELD_MANAGER))
                .as("what is the operator's, by apply alone, so that an apply can remove it")
                .allSatisfy(entry -> assertThat(entry.getOperation()).isEqualTo("Apply")));
    }

    @Test
    @Covers(Row.F74)
    void aTunnelThatIsMadeAnewAtOnceHasChildrenOfItsOwn() throws Exception {
        workspace.apply(server("again"), tunnel("again", "again", 5432));
        String former = workspace.await(Service.class, "again").getMetadata().getUid();

        Incident.of(Row.F74, "the same name with another port")
                .inject("`kubectl delete`, then `kubectl apply`", () -> {
                    workspace.delete(SshTunnel.class, "again");
                    await().until(() -> workspace.find(SshTunnel.class, "again") == null);
                    workspace.apply(tunnel("again", "again", 6543));
                })
                .recovers(Duration.ofSeconds(15), () -> {
                    Service now = workspace.find(Service.class, "again");
                    return now != null
                            && !now.getMetadata().getUid().equals(former)
                            && now.getSpec().getPorts().getFirst().getPort() == 6543;
                })
                .passed();
    }

    @Test
    void aTunnelMadeAnewWhileTheOperatorIsAwayDoesNotGetTheDocumentOfTheFormer() throws Exception {
        workspace.apply(server("lasting"), tunnel("reborn", "lasting", 5432));
        await().untilAsserted(() -> assertThat(documents("lasting")).contains("tunnel-reborn.yaml"));

        restartOperator(() -> {
            workspace.delete(SshTunnel.class, "reborn");
            await().untilAsserted(() -> workspace.isGone(SshTunnel.class, "reborn"));
            workspace.apply(tunnel("reborn", "lasting", 5432) + "  expireAt: \"2030-01-01T00:00:00Z\"\n");
        });

        await().untilAsserted(() -> {
            Condition accepted = condition(workspace.get(SshTunnel.class, "reborn"), "Accepted");
            assertThat(accepted.getReason()).isEqualTo("NotSupportedYet");
            assertThat(accepted.getMessage()).doesNotContain("keeps running");
            assertThat(documents("lasting")).doesNotContain("tunnel-reborn.yaml");
        });
    }

    @Test
    @Covers(Row.F76)
    void theLastOfManyEditsWins() throws Exception {
        workspace.apply(server("hasty"), tunnel("hasty", "hasty", 6000));
        workspace.await(Service.class, "hasty");

        Incident.of(Row.F76, "twenty edits without a pause")
                .inject("`kubectl apply`, each with another port", () -> {
                    for (int port = 6001; port <= 6020; port++) {
                        workspace.apply(tunnel("hasty", "hasty", port));
                    }
                })
                .recovers(BOUND, () -> {
                    SshTunnel tunnel = workspace.get(SshTunnel.class, "hasty");
                    Service service = workspace.get(Service.class, "hasty");
                    return service.getSpec().getPorts().getFirst().getPort() == 6020
                            && Objects.equals(
                                    tunnel.getStatus().observedGeneration(),
                                    tunnel.getMetadata().getGeneration())
                            && tunnel.getStatus().endpoint().port() == 6020;
                })
                .passed();
    }
}
