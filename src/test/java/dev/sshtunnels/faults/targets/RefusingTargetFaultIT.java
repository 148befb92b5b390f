package dev.sshtunnels.faults.targets;

import static dev.sshtunnels.faults.Row.F33;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.FaultScenario;
import dev.sshtunnels.faults.Stage;
import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.testing.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A target refuses")
class RefusingTargetFaultIT extends FaultScenario {

    private static final String DATABASE = "database";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The first client that fails makes the probe look three times, a quarter of a second apart. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private final int port = Ports.OF_THIS_RUN.next();

    @Test
    @Covers(F33)
    void theStatusFollowsWhatTheFirstClientFinds() throws Exception {
        Stage stage = stage().up();
        InetAddress here = InetAddress.getByName(stage.site().here());
        ServerSocket target = new ServerSocket(0, 10, here);
        stage.agent().document(DATABASE, tunnel(stage.site().here(), target.getLocalPort()));

        await().atMost(PATIENCE).until(() -> reportSays(stage, Reason.ProbeSucceeded));

        stage.incident(F33, F33.fault() + ", with a probe")
                .inject("the target's listener is closed, and a client comes", () -> {
                    target.close();
                    assertThat(clientIsReset()).isTrue();
                })
                .shows(
                        stage.agent(),
                        SOON,
                        "`TargetRefused`, the client is reset",
                        report -> says(report, Reason.TargetRefused))
                .end(() -> untilTheEnd(new ServerSocket(target.getLocalPort(), 10, here)))
                .recovers(SOON, () -> clientComesThrough() && reportSays(stage, Reason.ProbeSucceeded))
                .passed();
        assertThat(stage.passes()).isTrue();
    }

    private String tunnel(String host, int targetPort) {
        return """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: %s}
                spec:
                  serverRef: {name: bastion}
                  mode: L
                  listen: {address: 127.0.0.1, port: %d}
                  target: {host: "%s", port: %d}
                  probe: {type: TCP}
                """.formatted(DATABASE, port, host, targetPort);
    }

    private static boolean reportSays(Stage stage, Reason reason) {
        return stage.agent().report().stream().anyMatch(report -> says(report, reason));
    }

    private static boolean says(AgentReport report, Reason reason) {
        return report.tunnels().stream()
                .filter(tunnel -> tunnel.name().equals(DATABASE))
                .flatMap(tunnel -> tunnel.forwards().stream())
                .anyMatch(forward -> forward.targetReason() == reason);
    }

    private boolean clientIsReset() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return client.getInputStream().read() != -1;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Connects; whether the server's connection stands shows in the report. */
    private boolean clientComesThrough() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(200);
            return client.getInputStream().read() == -1;
        } catch (SocketTimeoutException stays) {
            return true;
        } catch (SocketException reset) {
            return false;
        }
    }
}
