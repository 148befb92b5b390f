package dev.sshtunnels.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Row;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("What the API server is not needed for")
class WithoutApiServerE2E {
    /** Shorter than the 40 s after which Kubernetes gives up a node that cannot tell it that it lives. */
    private static final Duration AWAY = Duration.ofSeconds(30);

    private static final Duration RECONNECTED = Duration.ofSeconds(3);
    private static final Duration RESTARTED = Duration.ofSeconds(20);
    /** From the API server's return until the status is right. */
    private static final Duration KNOWN = Duration.ofSeconds(15);

    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    @RegisterExtension
    static final TestNamespace namespace = new TestNamespace("headless");

    @Test
    @Covers(Row.F66)
    void tunnelsWorkAndComeBackWithoutItAndTheirStatusIsRightSoonAfterItsReturn() throws Exception {
        assumeTrue(
                Script.dev("cluster", "backend").run().orFail().equals("local"),
                "only the cluster that dev/cluster builds here lets its API server be stopped");
        BastionSshd sshd = namespace.onPrem().sshd();
        try {
            namespace.apply(
                    Manifests.Server.of("bastion", namespace.onPrem(), sshd).yaml()
                            + Manifests.database("orders-db", "bastion"));
            namespace.tunnel("orders-db").becomesReady();
            String address = namespace.kubectl().ask("get", "service", "orders-db", "-o", "jsonpath={.spec.clusterIP}");
            assertThat(works(address)).isTrue();
            String container = container();

            Incident incident =
                    Incident.of(Row.F66, "the API server answers nobody for 30 s, and a server ends meanwhile");
            Instant back = Instant.now().plus(AWAY);
            try {
                incident.inject("SIGSTOP", () -> api("stop"))
                        .shows("nothing: new connections work", Duration.ofSeconds(5), () -> works(address));
                theServerIsRestarted(sshd, address);
                theContainerIsKilled(container, address);
                await().atMost(AWAY).until(() -> Instant.now().isAfter(back));
                assertThat(works(address)).isTrue();
                sshd.stop();
                await().until(() -> !works(address));
            } finally {
                incident.end(() -> api("continue"));
            }

            incident.recovers(KNOWN, () -> !namespace.tunnel("orders-db").isReady())
                    .passed();
            await().atMost(KNOWN)
                    .untilAsserted(
                            () -> assertThat(namespace.server("bastion").message(ConditionType.WorkloadAvailable))
                                    .contains("was started again after the agent ended with exit code 137"));
        } finally {
            sshd.close();
        }
    }

    private static void theServerIsRestarted(BastionSshd sshd, String address) throws Exception {
        Incident.of(Row.F66, "meanwhile sshd is restarted")
                .inject("sshd and the processes of its sessions are ended", sshd::stop)
                .end(sshd::run)
                .recovers(RECONNECTED, () -> works(address))
                .passed();
    }

    /** The kubelet starts it again without asking anybody. */
    private static void theContainerIsKilled(String container, String address) throws Exception {
        Incident.of(Row.F66, "meanwhile the agent's container is killed")
                .inject("SIGKILL", () -> kill(container))
                .shows("new connections fail", Duration.ofSeconds(5), () -> !works(address))
                .recovers(RESTARTED, () -> works(address))
                .passed();
    }

    /** Id of the agent's container, as Kubernetes has it. */
    private static String container() {
        return namespace
                .kubectl()
                .ask(
                        "get",
                        "pods",
                        "--selector=sshtunnels.dev/server=bastion",
                        "--output=jsonpath={.items[0].status.containerStatuses[0].containerID}");
    }

    private static void kill(String container) {
        Script.dev("cluster", "kill", container).run().orFail();
    }

    private static void api(String what) {
        Script.dev("cluster", "api", what).run().orFail();
    }

    /** Connects as a neighbour of the node does: nothing in the cluster can be asked now. */
    private static boolean works(String address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, 5432), 2_000);
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(SSL_REQUEST);
            return socket.getInputStream().read() == 'N';
        } catch (IOException failed) {
            return false;
        }
    }
}
