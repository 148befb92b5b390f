package dev.sshtunnels.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.sshtunnels.api.ProbeType;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.testing.SilentTarget;
import dev.sshtunnels.testing.TcpServer;
import dev.sshtunnels.testing.UnixServer;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.SocketPath;
import dev.sshtunnels.tunnel.TargetProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes of targets through a real sshd (L), and from here (R). */
class ProbeTest extends ForwardingScenario {

    private static final Duration OFTEN = Duration.ofMillis(200);
    private static final Duration SELDOM = Duration.ofHours(1);
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @ParameterizedTest
    @ValueSource(strings = {"L", "R"})
    void theFirstProbeComesWithTheForwardAndLeavesNothingBehind(String mode) throws Exception {
        try (TcpServer database = TcpServer.on(client -> {
            client.getInputStream().readNBytes(8);
            client.getOutputStream().write('N');
            client.getInputStream().read();
        })) {
            Forwarding.Opened forward = forward(mode, database.port()).probe(probe(ProbeType.PostgreSQL, SELDOM));

            assertThat(forward.target())
                    .isEqualTo(
                            new Finding(Reason.ProbeSucceeded, "PostgreSQL answered at 127.0.0.1:" + database.port()));
            awaitNoChannels();
        }
    }

    @Test
    void anHttpServerIsProbed() throws Exception {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.start();
        try {
            Forwarding.Opened forward = forward("L", web.getAddress().getPort()).probe(probe(ProbeType.HTTP, SELDOM));

            assertThat(forward.target().reason()).isEqualTo(Reason.ProbeSucceeded);
            awaitNoChannels();
        } finally {
            web.stop(0);
        }
    }

    @Test
    void aTlsServerIsProbed() throws Exception {
        try (SSLServerSocket tls = (SSLServerSocket) SSLContext.getDefault()
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket client = tls.accept()) {
                    client.getInputStream().read();
                } catch (IOException _) {
                    // It has no certificate, and says so in an alert.
                }
            });
            Forwarding.Opened forward = forward("L", tls.getLocalPort()).probe(probe(ProbeType.TLS, SELDOM));

            assertThat(forward.target().reason()).isEqualTo(Reason.ProbeSucceeded);
            awaitNoChannels();
        }
    }

    @Test
    void aUnixSocketIsProbed() throws Exception {
        try (UnixServer server = UnixServer.reversing(directory.resolve("probed.sock"))) {
            Forward toSocket = new Forward.Local(
                    "socket",
                    new HostPort("localhost", Forwarding.freePort()),
                    new SocketPath(server.path().toString()));

            assertThat(forwarding
                            .open(toSocket)
                            .probe(probe(ProbeType.TCP, SELDOM))
                            .target())
                    .isEqualTo(new Finding(Reason.ProbeSucceeded, "connections are accepted at " + server.path()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"L", "R"})
    void aTargetThatAcceptsAndNeverAnswersIsNotTakenForAlive(String mode) throws Exception {
        try (TcpServer mute = TcpServer.on(client -> client.getInputStream().readAllBytes())) {
            Finding found = forward(mode, mute.port())
                    .probe(probe(ProbeType.PostgreSQL, SELDOM))
                    .target();

            assertThat(found.reason()).isEqualTo(Reason.NoAnswer);
            assertThat(found.message()).contains("accepted the connection and did not answer within 1 s");
            awaitNoChannels();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"L", "R"})
    void aTargetThatClosesAtOnceHasNotAnswered(String mode) throws Exception {
        try (TcpServer closing = TcpServer.on(_ -> {})) {
            Finding found = forward(mode, closing.port())
                    .probe(probe(ProbeType.MySQL, SELDOM))
                    .target();

            assertThat(found.reason()).isEqualTo(Reason.NoAnswer);
            assertThat(found.message()).contains("closed it without an answer");
        }
    }

    @Test
    void aWrongAnswerIsShown() throws Exception {
        try (TcpServer mail = TcpServer.on(client -> {
            client.getOutputStream().write("220 mail \u0007ready\r\n".getBytes());
            client.getInputStream().readAllBytes();
        })) {
            Finding found = forward("L", mail.port())
                    .probe(probe(ProbeType.Redis, SELDOM))
                    .target();

            assertThat(found.reason()).isEqualTo(Reason.UnexpectedAnswer);
            assertThat(found.message()).contains("did not answer as Redis would", "\"220 mail ?ready\"", "probe.type");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"L", "R"})
    void aTargetThatRefusesIsToldByTheFirstProbe(String mode) throws Exception {
        Forwarding.Opened forward = forward(mode, Forwarding.freePort()).probe(probe(ProbeType.TCP, SELDOM));

        assertThat(forward.target().reason()).isEqualTo(Reason.TargetRefused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"L", "R"})
    void aSilentTargetCostsAProbeItsTimeoutAndGathersNoDials(String mode) throws Exception {
        try (SilentTarget silent = new SilentTarget()) {
            TargetProbe hasty = new TargetProbe(ProbeType.TCP, OFTEN, Duration.ofMillis(300), 1, "", "");
            Forwarding.Opened forward = forward(mode, silent.port()).probe(hasty);

            assertThat(forward.target().reason()).isEqualTo(Reason.TargetTimeout);
            await().until(() -> forward.probes() >= 4);
            if (mode.equals("R")) {
                assertThat(silent.strangers()).isEqualTo(1);
            }
        }
    }

    @Test
    void aTargetCountsAsDownAfterSoManyFailuresAndAsUpAfterOneSuccess() throws Exception {
        AtomicBoolean healthy = new AtomicBoolean(true);
        try (TcpServer redis = TcpServer.on(client -> {
            if (healthy.get()) {
                client.getOutputStream().write("+PONG\r\n".getBytes());
                client.getInputStream().readAllBytes();
            }
        })) {
            Forwarding.Opened forward = forward("L", redis.port()).probe(probe(ProbeType.Redis, OFTEN));
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
            Forwarding.Opened forward = forward("L", echo.port()).probe(probe(ProbeType.TCP, OFTEN));
            await().until(() -> forward.probes() >= 2);

            forward.close(OpenForward.Connections.KEEP);

            await().until(() -> forward.endings() == 1);
            awaitNoChannels();
        }
    }

    private Forwarding.Opened forward(String mode, int port) throws Exception {
        return mode.equals("L") ? forwarding.local(port) : forwarding.remote(port);
    }

    private static TargetProbe probe(ProbeType type, Duration interval) {
        return new TargetProbe(type, interval, A_SECOND, 2, "", "");
    }

    /** Until the connection is ended by the other side. */
    private static void connectInVain(int port) throws Exception {
        try (Socket client = new Socket("127.0.0.1", port)) {
            assertThat(readOrReset(client)).isEqualTo(-1);
        }
    }
}
