package dev.sshtunnels.forward.exposure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.Forwarding;
import dev.sshtunnels.forward.ForwardingScenario;
import dev.sshtunnels.forward.contract.Exposure;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpServer;
import dev.sshtunnels.tunnel.Checks;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is proved of listeners on a server of which the agent knows no address but loopback's, and what clients feel. */
class ExposureTest extends ForwardingScenario {

    @ParameterizedTest
    @CsvSource({
        "*, Verified, *",
        "0.0.0.0, Verified, 0.0.0.0",
        "localhost, Verified, localhost",
        "::1, Verified, ::1",
        "127.0.0.5, Verified, 127.0.0.5",
        "::, NotVerified,"
    })
    void aListenerOnAPortOfTheServersChoiceIsTriedAtTheAddressAskedFor(String address, Reason reason, String bound)
            throws Exception {
        Forwarding.Opened forward =
                forwarding.open(new Forward.Remote("r", new HostPort(address, 0), new HostPort("127.0.0.1", 9)));
        Exposure exposure = forward.exposure();
        assertThat(exposure.finding().reason()).as("%s", exposure).isEqualTo(reason);
        assertThat(exposure.boundAddress()).isEqualTo(bound);
    }

    @Test
    void aSocksListenerIsTriedAsWell() throws Exception {
        Forwarding.Opened proxy = forwarding.open(new Forward.RemoteDynamic("proxy", new HostPort("*", 0)));
        assertThat(proxy.exposure().finding().reason()).isEqualTo(Reason.Verified);
    }

    @Test
    void nothingIsTriedUntilItIsWanted() throws Exception {
        try (Sshd server = Sshd.accepting(key);
                Forwarding behind = new Forwarding(server, key)) {
            Forwarding.Opened forward = behind.open(
                    new Forward.Remote("r", new HostPort("localhost", 0), new HostPort("127.0.0.1", 9)),
                    new Checks(Optional.empty(), false));
            assertThat(forward.exposure()).isEqualTo(Exposure.UNASKED);
            assertThat(server.logged("direct-tcpip")).isZero();

            forward.check(Checks.USUAL);
            assertThat(forward.exposure().finding().reason()).isEqualTo(Reason.Verified);
        }
    }

    @Test
    void whatCannotBeTriedIsNotSaid() throws Exception {
        try (Sshd strict = Sshd.builder()
                        .authorize(key)
                        .config("AllowTcpForwarding remote", "GatewayPorts yes")
                        .start();
                Forwarding behind = new Forwarding(strict, key)) {
            Exposure exposure = behind.open(
                            new Forward.Remote("r", new HostPort("127.0.0.1", 0), new HostPort("127.0.0.1", 9)))
                    .exposure();
            assertThat(exposure.finding().reason()).isEqualTo(Reason.ProbeNotPermitted);
            assertThat(exposure.finding().message())
                    .contains("AllowTcpForwarding remote", "GatewayPorts overrides listen.address");
            assertThat(exposure.boundAddress()).isNull();
        }
    }

    @Test
    void bytesThatBeginLikeAQuestionReachTheTarget() throws Exception {
        byte[] question = new ListenerProof(_ -> new byte[32]).question(UUID.randomUUID(), 1);
        try (TcpServer echo = TcpServer.echo()) {
            int port = forwarding.remote(echo.port()).port();
            for (int length : new int[] {1, 8, question.length}) {
                try (Socket client = new Socket("127.0.0.1", port)) {
                    byte[] beginning = Arrays.copyOf(question, length);
                    client.getOutputStream().write(beginning);
                    assertThat(client.getInputStream().readNBytes(length)).isEqualTo(beginning);
                    roundTrip(client);
                }
            }
        }
    }

    @Test
    void clientsOfTheServerItselfAreServedWhileTheListenerIsTried() throws Exception {
        try (TcpServer greeter = TcpServer.on(client -> {
            client.getOutputStream().write("hello".getBytes(UTF_8));
            client.getInputStream().transferTo(client.getOutputStream());
        })) {
            Forwarding.Opened forward = forwarding.remote(greeter.port());
            int port = forward.port();
            for (int i = 0; i < 20; i++) {
                try (Socket client = new Socket("127.0.0.1", port)) {
                    if (i % 2 == 0) {
                        client.getOutputStream().write('!');
                        assertThat(client.getInputStream().readNBytes(6)).isEqualTo("hello!".getBytes(UTF_8));
                    } else {
                        assertThat(client.getInputStream().readNBytes(5)).isEqualTo("hello".getBytes(UTF_8));
                    }
                }
            }
            assertThat(forward.exposure().finding().reason()).isEqualTo(Reason.Verified);
        }
    }
}
