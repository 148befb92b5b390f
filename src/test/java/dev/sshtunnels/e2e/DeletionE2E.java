package dev.sshtunnels.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Row;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From the least to the most that can be deleted: references, a tunnel, the server. */
@DisplayName("What is deleted while connections are open")
@TestMethodOrder(OrderAnnotation.class)
class DeletionE2E {

    @RegisterExtension
    static final TestNamespace namespace = new TestNamespace("deletion");

    private static final String AGENTS = "sshtunnels.dev/server=bastion";
    private static final int REMOTE_PORT = 18091;
    private static final Duration DRAIN = Duration.ofSeconds(12);

    /** Within a minute and a half without the nudge: so often the kubelet looks at what it has mounted. */
    private static final Duration NOTICED = Duration.ofSeconds(15);

    @BeforeAll
    static void startsWithALocalAndARemoteForward() {
        namespace.secret("own-key", Map.of("ssh-privatekey", namespace.onPrem().clientKey()));
        namespace.configMap(
                "own-hosts", Map.of("known_hosts", namespace.onPrem().read("KNOWN_HOSTS")));
        String server = Manifests.Server.bastion("bastion", namespace.onPrem())
                .withSecret("own-key")
                .yaml()
                .replaceAll("hostKeys: .*", "hostKeys: {knownHostsFrom: {configMapRef: {name: own-hosts}}}");
        namespace.apply(server
                + "  agent: {drainTimeout: %ds}\n".formatted(DRAIN.toSeconds())
                + Manifests.database("db", "bastion")
                + "\n"
                + Manifests.database("short-lived", "bastion")
                + "\n"
                + Manifests.web("published", "bastion", REMOTE_PORT));
        namespace.tunnel("db").becomesReady();
        namespace.tunnel("short-lived").becomesReady();
        namespace.tunnel("published").becomesReady();
    }

    @Test
    @Order(1)
    @Covers(Row.F71)
    void aSecretThatIsDeletedIsMissedAndTheSessionStays() throws Exception {
        referenceIsDeleted(
                "secret/own-key",
                Reason.SecretNotFound,
                () -> namespace.secret(
                        "own-key", Map.of("ssh-privatekey", namespace.onPrem().clientKey())));
    }

    @Test
    @Order(2)
    @Covers(Row.F71)
    void aConfigMapThatIsDeletedIsMissedAndTheSessionStays() throws Exception {
        referenceIsDeleted(
                "configmap/own-hosts",
                Reason.ConfigMapNotFound,
                () -> namespace.configMap(
                        "own-hosts", Map.of("known_hosts", namespace.onPrem().read("KNOWN_HOSTS"))));
    }

    private static void referenceIsDeleted(String object, Reason reason, Incident.Step restore) throws Exception {
        try (PsqlSession open = namespace.client().openPsql("db", 5432)) {
            String backend = open.backend();

            Incident incident = Incident.of(Row.F71, object.split("/")[0])
                    .inject(
                            "`kubectl delete`, and the pod is annotated, so that the kubelet looks at once",
                            () -> namespace.kubectl().ask("delete", object))
                    .shows(
                            "`Ready` True/Degraded, `ResolvedRefs` " + reason,
                            NOTICED,
                            () -> becomes(reason, Reason.Degraded));

            assertThat(namespace.server("bastion").message(ConditionType.ResolvedRefs))
                    .contains(object.split("/")[1]);
            assertThat(namespace.tunnel("db").isReady()).isTrue();
            incident.end(restore)
                    .recovers(NOTICED, () -> becomes(Reason.ResolvedRefs, Reason.Ready))
                    .passed();
            assertThat(open.backend()).isEqualTo(backend);
        }
    }

    @Test
    @Order(3)
    @Covers(Row.F73)
    void aTunnelTakesItsServiceAndItsConnectionsWithIt() throws Exception {
        try (PsqlSession its = namespace.client().openPsql("short-lived", 5432);
                PsqlSession others = namespace.client().openPsql("db", 5432)) {
            assertThat(its.backend()).containsOnlyDigits();
            String backend = others.backend();

            Incident.of(Row.F73, "a tunnel that shares its server")
                    .inject("`kubectl delete sshtunnel`", () -> delete("sshtunnel/short-lived"))
                    .shows("its Service is gone", Duration.ofSeconds(2), () -> isGone("service/short-lived"))
                    .passed();

            // The agent is told beside the Service, and takes its moment.
            await().untilAsserted(() -> assertThat(its.backend()).isNotNull().doesNotContainPattern("^[0-9]+$"));
            assertThat(others.backend()).isEqualTo(backend);
        }
    }

    @Test
    @Order(4)
    @Covers(Row.F73)
    void aServerLetsOpenConnectionsEndAndGivesItsRemotePortBack() throws Exception {
        try (PsqlSession open = namespace.client().openPsql("db", 5432)) {
            String backend = open.backend();
            String pod = namespace
                    .kubectl()
                    .ask("get", "pods", "-l", AGENTS, "-o", "name")
                    .strip();

            Incident incident = Incident.of(Row.F73, "a server, while a client stays connected")
                    .inject("`kubectl delete sshserver`", () -> delete("sshserver/bastion"))
                    .shows(
                            "its remote port is free",
                            Duration.ofSeconds(6),
                            () -> !namespace.onPrem().bastionListens(REMOTE_PORT));
            assertThat(open.backend()).as("the connection that was open").isEqualTo(backend);

            incident.recovers(DRAIN.plusSeconds(5), () -> isGone(pod)).passed();
        }
        await().untilAsserted(() -> {
            assertThat(isGone("deployment/bastion-ssh")).isTrue();
            assertThat(isGone("configmap/bastion-ssh")).isTrue();
        });
        namespace.tunnel("db").becomes(ConditionType.Ready, "False", Reason.ServerNotFound);
    }

    private static void delete(String object) {
        namespace.kubectl().ask("delete", object, "--wait=false");
    }

    private static boolean isGone(String object) {
        return namespace.kubectl().ask("get", object, "--ignore-not-found").isBlank();
    }

    /** Nudges the kubelet, and looks what the server's status says now. */
    private static boolean becomes(Reason resolvedRefs, Reason ready) {
        namespace
                .kubectl()
                .ask("annotate", "pods", "-l", AGENTS, "--overwrite", "example.com/nudge=" + System.nanoTime());
        Subject server = namespace.server("bastion");
        return server.reason(ConditionType.ResolvedRefs).equals(resolvedRefs.name())
                && server.reason(ConditionType.Ready).equals(ready.name());
    }
}
