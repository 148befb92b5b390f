package dev.sshtunnels.e2e;

import static dev.sshtunnels.e2e.Manifests.database;
import static dev.sshtunnels.e2e.Manifests.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Tunnels that share a server")
class SharedServerE2E {

    @RegisterExtension
    static final TestNamespace namespace = new TestNamespace("shared");

    private static final Measurements measurements = new Measurements();
    private static final Duration FEW_SECONDS = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(100);

    @BeforeAll
    static void startsWithOneTunnel() {
        String server = Manifests.Server.bastion("bastion", namespace.onPrem()).yaml();
        measurements.seconds("firstApplyToReady", () -> {
            namespace.apply(server + database("orders-db", "bastion"));
            namespace.tunnel("orders-db").becomesReady();
        });
    }

    @Test
    void aFurtherTunnelIsReadyInSecondsWithoutANewPodAndWithoutCuttingAnOpenConnection() {
        String pods = agents();
        try (PsqlSession open = namespace.client().openPsql("orders-db", 5432)) {
            String backend = open.backend();
            assertThat(backend).containsOnlyDigits();

            Duration taken = measurements.seconds("furtherTunnelToReady", () -> {
                namespace.apply(database("further-db", "bastion"));
                namespace.tunnel("further-db").becomesReady();
            });

            assertThat(taken).isLessThan(FEW_SECONDS);
            assertThat(namespace.client().psql("further-db", 5432, "select count(*) from orders"))
                    .isEqualTo("3");
            assertThat(open.backend()).isEqualTo(backend);
            assertThat(agents()).isEqualTo(pods);
        }
    }

    @Test
    void aDeletedLocalForwardListensNoLongerAndTheOthersStay() {
        namespace.apply(database("short-lived", "bastion"));
        namespace.tunnel("short-lived").becomesReady();
        String agent = namespace.kubectl().ask("get", "pods", "-l", AGENTS, "-o", "jsonpath={.items[0].status.podIP}");
        int port = Integer.parseInt(
                namespace.kubectl().ask("get", "service", "short-lived", "-o", "jsonpath={.spec.ports[0].targetPort}"));
        assertThat(namespace.client().connects(agent, port)).isTrue();

        try (PsqlSession open = namespace.client().openPsql("orders-db", 5432)) {
            String backend = open.backend();
            Duration taken = measurements.seconds("deletedLocalForwardToNotListening", () -> {
                namespace.kubectl().ask("delete", "sshtunnel", "short-lived", "--wait=false");
                namespace.client().awaitRefusal(agent, port);
            });

            assertThat(taken).isLessThan(FEW_SECONDS);
            assertThat(open.backend()).isEqualTo(backend);
        }
        await("Service is removed with its tunnel")
                .until(() -> !namespace
                        .kubectl()
                        .run("get", "service", "short-lived")
                        .succeeded());
    }

    @Test
    void aDeletedRemoteForwardListensNoLongerAndTheOthersStay() {
        namespace.apply(published("deleted", "bastion", 18081) + published("kept", "bastion", 18082));
        namespace.tunnel("deleted").becomesReady();
        namespace.tunnel("kept").becomesReady();
        assertThat(namespace.onPrem().bastionListens(18081)).isTrue();

        measurements.seconds("deletedRemoteForwardToNotListening", () -> {
            namespace.tunnel("deleted").delete();
            await().pollInterval(PAUSE)
                    .atMost(FEW_SECONDS)
                    .until(() -> !namespace.onPrem().bastionListens(18081));
        });

        assertThat(namespace.onPrem().bastionListens(18082)).isTrue();
        assertThat(namespace.tunnel("kept").isReady()).isTrue();
    }

    @Test
    void agentAndOperatorStaySmall() {
        long agent = Memory.residentMiB(namespace.kubectl(), "deployment/bastion-ssh");
        long operator = namespace.operator().residentMiB();
        measurements.put("agentResidentMiB", agent);
        measurements.put("operatorResidentMiB", operator);

        assertThat(agent).isBetween(10L, 128L);
        assertThat(operator).isBetween(10L, 320L);
    }

    private static final String AGENTS = "sshtunnels.dev/server=bastion,app.kubernetes.io/name=ssh-tunnel-agent";

    private static String agents() {
        return namespace.kubectl().ask("get", "pods", "-l", AGENTS, "-o", "name");
    }
}
