package dev.sshtunnels.forward.socks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.forward.Forwarding;
import dev.sshtunnels.forward.ForwardingScenario;
import dev.sshtunnels.forward.contract.SocksRefusal;
import dev.sshtunnels.testing.SocksClient;
import dev.sshtunnels.testing.TcpServer;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.SocksCredentials;
import dev.sshtunnels.tunnel.SocksRules;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A SOCKS server on the SSH server's side that connects from here: {@code ssh -R port}. */
class RemoteSocksTest extends ForwardingScenario {

    private static final SocksRules EVERYTHING = SocksServerTest.rules(null, "*");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "127.1"})
    void clientsReachWhatIsReachedFromHere(String host) throws Exception {
        try (TcpServer target = TcpServer.echo();
                SocksClient client = new SocksClient(remote(EVERYTHING).port())) {
            assertThat(client.connect(host, target.port())).isEqualTo(SocksReply.SUCCEEDED);
            roundTrip(client.socket());
        }
        awaitNoChannels();
    }

    @Test
    void socks4ClientsAreServedToo() throws Exception {
        try (TcpServer target = TcpServer.echo();
                SocksClient client = new SocksClient(remote(EVERYTHING).port())) {
            int port = target.port();
            client.send(new byte[] {4, 1, (byte) (port >> 8), (byte) port, 127, 0, 0, 1, 'm', 'e', 0});
            assertThat(client.read(8)).startsWith(0, 90);
            roundTrip(client.socket());
        }
    }

    @Test
    void withoutAListNobodyReachesThisMachineItself() throws Exception {
        try (TcpServer target = TcpServer.echo()) {
            int proxy = remote(SocksRules.OPEN).port();
            List<String> own = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress)
                    .toList();
            assertThat(own).isNotEmpty();
            for (String host : own) {
                assertThat(SocksServerTest.reply(proxy, host, target.port()))
                        .as(host)
                        .isEqualTo(SocksReply.NOT_ALLOWED);
            }
            for (String host : List.of("localhost", "127.9.9.9", "0.0.0.0", "0", "::", "169.254.169.254", "fe80::1")) {
                assertThat(SocksServerTest.reply(proxy, host, target.port()))
                        .as(host)
                        .isEqualTo(SocksReply.NOT_ALLOWED);
            }
        }
    }

    @Test
    void everyCauseOfFailureHasItsReply() throws Exception {
        int proxy = remote(SocksServerTest.rules(null, "127.0.0.1", "nowhere.invalid"))
                .port();
        assertThat(SocksServerTest.reply(proxy, "127.0.0.1", Forwarding.freePort()))
                .isEqualTo(SocksReply.CONNECTION_REFUSED);
        assertThat(SocksServerTest.reply(proxy, "nowhere.invalid", 1)).isEqualTo(SocksReply.HOST_UNREACHABLE);
        assertThat(SocksServerTest.reply(proxy, "127.0.0.2", 1)).isEqualTo(SocksReply.NOT_ALLOWED);
        awaitNoChannels();
    }

    @Test
    void credentialsAreAskedForAndChecked() throws Exception {
        try (TcpServer target = TcpServer.echo()) {
            int proxy = remote(SocksServerTest.rules(new SocksCredentials("u", "p"), "127.0.0.1"))
                    .port();
            try (SocksClient client = new SocksClient(proxy)) {
                assertThat(client.greet(0, 2)).isEqualTo(2);
                assertThat(client.authenticate("u", "p")).isZero();
                assertThat(client.request("127.0.0.1", target.port())).isEqualTo(SocksReply.SUCCEEDED);
            }
            try (SocksClient client = new SocksClient(proxy)) {
                client.greet(2);
                assertThat(client.authenticate("u", "q")).isNotZero();
                assertThat(client.isClosed()).isTrue();
            }
        }
    }

    @Test
    void whatIsNotSocksIsCountedAndClosedAtOnce() throws Exception {
        Forwarding.Opened forward = remote(EVERYTHING);
        try (SocksClient client = new SocksClient(forward.port())) {
            client.send("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
            assertThat(client.isClosed()).isTrue();
            assertThat(forward.socksRefusal()).isEqualTo(SocksRefusal.NotSocks);
        }
        awaitNoChannels();
    }

    @Test
    void whatIsSentAheadOfTheConnectionArrivesWhole() throws Exception {
        byte[] data = new byte[3 << 20];
        new Random(1).nextBytes(data);
        CompletableFuture<byte[]> received = new CompletableFuture<>();
        try (TcpServer target = TcpServer.on(client -> {
                    received.complete(client.getInputStream().readAllBytes());
                    client.getOutputStream().write("thanks".getBytes(UTF_8));
                });
                SocksClient client = new SocksClient(remote(EVERYTHING).port())) {
            client.send(new byte[] {5, 1, 0}, SocksClient.request(1, "localhost", target.port()), data);
            client.socket().shutdownOutput();
            assertThat(Arrays.equals(received.get(20, TimeUnit.SECONDS), data)).isTrue();
            assertThat(client.read(12)).startsWith(5, 0, 5, 0);
            assertThat(client.read(100)).isEqualTo("thanks".getBytes(UTF_8));
        }
        awaitNoChannels();
    }

    @Test
    void requestMayComeByteByByte() throws Exception {
        try (TcpServer target = TcpServer.echo();
                SocksClient client = new SocksClient(remote(EVERYTHING).port())) {
            for (byte one : SocksClient.join(
                    new byte[] {5, 1, 0}, SocksClient.request(1, "localhost", target.port()), "ping".getBytes(UTF_8))) {
                client.send(new byte[] {one});
            }
            assertThat(client.read(12)).startsWith(5, 0, 5, 0);
            assertThat(client.read(4)).isEqualTo("ping".getBytes(UTF_8));
        }
        awaitNoChannels();
    }

    @Test
    void clientThatLeavesBeforeItIsUnderstoodLeavesNothingBehind() throws Exception {
        int proxy = remote(EVERYTHING).port();
        for (int i = 0; i < 10; i++) {
            try (SocksClient client = new SocksClient(proxy)) {
                client.greet(0);
            }
        }
        awaitNoChannels();
    }

    private Forwarding.Opened remote(SocksRules rules) {
        return forwarding.open(new Forward.RemoteDynamic("r", new HostPort("localhost", 0)), rules);
    }
}
