package dev.sshtunnels.forward.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.sshtunnels.api.ProbeType;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.Forwarding;
import dev.sshtunnels.forward.TargetWitness;
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
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one probe finds of a target, through a real sshd (L), and from here (R). */
class ProbeTest extends ProbeScenario {

    @ParameterizedTest
    @ValueSource(strings = {"L", "R"})
    void theFirstProbeComesWithTheForwardAndLeavesNothingBehind(String mode) throws Exception {
        try (TcpServer database = TcpServer.on(client -> {
            client.getInputStream().readNBytes(8);
            client.getOutputStream().write('N');
            client.getInputStream().read();
        })) {
            TargetWitness forward = forward(mode, database.port()).probe(probe(ProbeType.PostgreSQL, SELDOM));

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
            TargetWitness forward = forward("L", web.getAddress().getPort()).probe(probe(ProbeType.HTTP, SELDOM));

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
            TargetWitness forward = forward("L", tls.getLocalPort()).probe(probe(ProbeType.TLS, SELDOM));

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
        TargetWitness forward = forward(mode, Forwarding.freePort()).probe(probe(ProbeType.TCP, SELDOM));

        assertThat(forward.target().reason()).isEqualTo(Reason.TargetRefused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"L", "R"})
    void aSilentTargetCostsAProbeItsTimeoutAndGathersNoDials(String mode) throws Exception {
        try (SilentTarget silent = new SilentTarget()) {
            TargetProbe hasty = new TargetProbe(ProbeType.TCP, OFTEN, Duration.ofMillis(300), 1, "", "");
            TargetWitness forward = forward(mode, silent.port()).probe(hasty);

            assertThat(forward.target().reason()).isEqualTo(Reason.TargetTimeout);
            await().until(() -> forward.probes() >= 4);
            if (mode.equals("R")) {
                assertThat(silent.strangers()).isEqualTo(1);
            }
        }
    }
}
