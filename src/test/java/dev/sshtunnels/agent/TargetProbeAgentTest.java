package dev.sshtunnels.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.report.ForwardReport;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent in this process, with spec.probe, against a real sshd. */
class TargetProbeAgentTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final AtomicInteger probes = new AtomicInteger();
    private Sshd sshd;
    private TcpServer target;
    private RunningAgent agent;
    private int port;

    @BeforeEach
    void start() throws IOException {
        var key = new ClientKeys(directory).ed25519();
        sshd = Sshd.accepting(key);
        target = TcpServer.on(client -> {
            probes.incrementAndGet();
            client.getInputStream().transferTo(client.getOutputStream());
        });
        port = Ports.OF_THIS_RUN.next();
        agent = new RunningAgent(directory).server(sshd).key(key);
    }

    @AfterEach
    void stop() throws IOException {
        agent.close();
        target.close();
        sshd.close();
    }

    @Test
    void aTargetIsReportedWithoutAnyClientAndLaterProbesChangeNothingInTheReport() throws Exception {
        probe("{type: Expect, interval: 1s, send: \"hello\\r\\n\", expectPrefix: \"hello\\r\\n\"}");
        agent.start().awaitReady();

        awaitTarget(Reason.ProbeSucceeded);
        long revision = agent.status().revision();
        int before = probes.get();
        await().atMost(PATIENCE).until(() -> probes.get() >= before + 2);

        assertThat(forward().targetMessage()).isEqualTo("the expected answer was given at 127.0.0.1:" + target.port());
        assertThat(agent.status().revision()).isEqualTo(revision);
        assertThat(agent.get("/metrics").body())
                .contains("sshtunnel_probe_success{forward=\"tunnel\",tunnel=\"db\"} 1")
                .contains("sshtunnel_probe_duration_seconds{");
    }

    @Test
    void anEditedProbeChangesTheProbeAndNothingElse() throws Exception {
        probe("{type: TCP}");
        agent.start().awaitReady();
        awaitTarget(Reason.ProbeSucceeded);
        try (Exchange open = Exchange.with(port)) {
            assertThat(open.say("before")).isEqualTo("before");

            probe("{type: MySQL, timeout: 200ms}");
            awaitTarget(Reason.NoAnswer);
            assertThat(agent.get("/metrics").body())
                    .contains("sshtunnel_probe_success{forward=\"tunnel\",tunnel=\"db\"} 0");
            probe("{type: None}");
            awaitTarget(Reason.TargetConnected);

            assertThat(open.say("after")).isEqualTo("after");
            await().atMost(PATIENCE).until(() -> !agent.get("/metrics").body().contains("sshtunnel_probe_success"));
        }
        assertThat(sshd.logged("Accepted publickey")).isEqualTo(1);
    }

    @Test
    void aSessionThatIsBackIsProbedAnew() throws Exception {
        probe("{type: TCP}");
        agent.start().awaitReady();
        awaitTarget(Reason.ProbeSucceeded);
        int before = probes.get();

        sshd.restart();

        await().atMost(PATIENCE).until(() -> probes.get() > before);
        awaitTarget(Reason.ProbeSucceeded);
    }

    @Test
    void theAgentServesOnWhileTheTargetDoesNotAnswer() throws Exception {
        probe("{type: TCP}", Ports.OF_THIS_RUN.next());
        agent.start().awaitReady();

        awaitTarget(Reason.TargetRefused);

        assertThat(forward().ready()).isTrue();
        assertThat(agent.get("/readyz").statusCode()).isEqualTo(200);
    }

    private void probe(String probe) throws IOException {
        probe(probe, target.port());
    }

    private void probe(String probe, int targetPort) throws IOException {
        agent.tunnel(
                "db",
                "mode: L",
                "listen: {address: 127.0.0.1, port: " + port + "}",
                "target: {host: 127.0.0.1, port: " + targetPort + "}",
                "probe: " + probe);
    }

    private void awaitTarget(Reason reason) {
        await().atMost(PATIENCE).until(() -> forward().targetReason() == reason);
    }

    private ForwardReport forward() {
        return agent.status().tunnels().getFirst().forwards().getFirst();
    }
}
