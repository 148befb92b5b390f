package dev.sshtunnels.forward.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.ProbeType;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.Forwarding;
import dev.sshtunnels.forward.TargetWitness;
import dev.sshtunnels.forward.contract.OpenForward;
import dev.sshtunnels.testing.TcpServer;
import dev.sshtunnels.tunnel.TargetProbe;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a target that is probed again and again, and has clients. */
class ProbingTest extends ProbeScenario {

    @Test
    void aTargetCountsAsDownAfterSoManyFailuresAndAsUpAfterOneSuccess() throws Exception {
        AtomicBoolean healthy = new AtomicBoolean(true);
        try (TcpServer redis = TcpServer.on(client -> {
            if (healthy.get()) {
                client.getOutputStream().write("+PONG\r\n".getBytes());
                client.getInputStream().readAllBytes();
            }
        })) {
            TargetWitness forward = forward("L", redis.port()).probe(probe(ProbeType.Redis, OFTEN));
            assertThat(forward.target().reason()).isEqualTo(Reason.ProbeSucceeded);

            healthy.set(false);
            int before = forward.probes();
            assertThat(forward.target().reason()).isEqualTo(Reason.NoAnswer);
            assertThat(forward.probes() - before).isGreaterThanOrEqualTo(2);

            healthy.set(true);
            assertThat(forward.target().reason()).isEqualTo(Reason.ProbeSucceeded);
            int settled = forward.probes();
            await().until(() -> forward.probes() >= settled + 3);
            assertThat(forward.hasNoNewsOfTheTarget()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"L", "R"})
    void aClientThatFindsOtherwiseMakesTheProbeLookAtOnce(String mode) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        // The kernel accepts for it, and nobody any more once it is closed.
        ServerSocket target = new ServerSocket(0, 10, loopback);
        Forwarding.Opened forward = forward(mode, target.getLocalPort());
        int port = forward.port();
        forward.probe(probe(ProbeType.TCP, SELDOM));
        assertThat(forward.target().reason()).isEqualTo(Reason.ProbeSucceeded);
        awaitNoChannels();

        target.close();
        connectInVain(port);
        long failedAt = System.nanoTime();
        assertThat(forward.target().reason()).isEqualTo(Reason.TargetRefused);
        assertThat(Duration.ofNanos(System.nanoTime() - failedAt)).isLessThan(Duration.ofSeconds(3));

        try (ServerSocket _ = new ServerSocket(target.getLocalPort(), 10, loopback);
                Socket _ = new Socket("127.0.0.1", port)) {
            assertThat(forward.target().reason()).isEqualTo(Reason.ProbeSucceeded);
        }
    }

    @Test
    void clientsAndProbeThatDisagreeDoNotMakeTheProbeHammerTheTarget() throws Exception {
        try (TcpServer echo = TcpServer.echo()) {
            Forwarding.Opened forward = forward("L", echo.port());
            int port = forward.port();
            forward.probe(new TargetProbe(ProbeType.Expect, SELDOM, A_SECOND, 1, "ping", "pong"));
            assertThat(forward.target().reason()).isEqualTo(Reason.UnexpectedAnswer);

            long start = System.nanoTime();
            while (System.nanoTime() - start < A_SECOND.toNanos()) {
                assertThat(echoes("localhost", port)).isTrue();
            }

            assertThat(forward.probes()).isBetween(2, 5);
            assertThat(forward.hasNoNewsOfTheTarget()).isTrue();
        }
    }

    @Test
    void anotherProbeTakesOverWithoutTouchingConnectionsAndNoneLeavesClientsToTell() throws Exception {
        try (TcpServer echo = TcpServer.echo()) {
            Forwarding.Opened forward = forward("L", echo.port());
            try (Socket client = new Socket("localhost", forward.port())) {
                roundTrip(client);
                assertThat(forward.target().reason()).isEqualTo(Reason.TargetConnected);
                forward.probe(probe(ProbeType.TCP, SELDOM));
                assertThat(forward.target().reason()).isEqualTo(Reason.ProbeSucceeded);
                forward.probe(probe(ProbeType.HTTP, SELDOM));
                // An echo says what it is told.
                assertThat(forward.target().reason()).isEqualTo(Reason.UnexpectedAnswer);
                forward.probeNoMore();
                assertThat(forward.target().reason()).isEqualTo(Reason.TargetConnected);
                roundTrip(client);
            }
        }
    }

    @Test
    void aClosedForwardIsProbedNoMore() throws Exception {
        try (TcpServer echo = TcpServer.echo()) {
            TargetWitness forward = forward("L", echo.port()).probe(probe(ProbeType.TCP, OFTEN));
            await().until(() -> forward.probes() >= 2);

            forward.close(OpenForward.Connections.KEEP);

            await().until(() -> forward.endings() == 1);
            awaitNoChannels();
        }
    }

    /** Until the connection is ended by the other side. */
    private static void connectInVain(int port) throws Exception {
        try (Socket client = new Socket("127.0.0.1", port)) {
            assertThat(readOrReset(client)).isEqualTo(-1);
        }
    }
}
