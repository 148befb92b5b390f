package dev.sshtunnels.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Row;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("What the API server is not needed for")
class WithoutApiServerE2E {
    /** Shorter than the 40 s after which Kubernetes gives up a node that cannot tell it that it lives. */
    private static final Duration AWAY = Duration.ofSeconds(30);

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

            Incident incident =
                    Incident.of(Row.F66, "the API server answers nobody for 30 s, and a server ends meanwhile");
            try {
                incident.inject("SIGSTOP", () -> api("stop"))
                        .shows("nothing: new connections work", Duration.ofSeconds(5), () -> works(address))
                        .lasts(AWAY);
                assertThat(works(address)).isTrue();
                sshd.close();
                await().until(() -> !works(address));
            } finally {
                incident.end(() -> api("continue"));
            }

            incident.recovers(
                            Duration.ofSeconds(15),
                            () -> !namespace.tunnel("orders-db").isReady())
                    .passed();
        } finally {
            sshd.close();
        }
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
