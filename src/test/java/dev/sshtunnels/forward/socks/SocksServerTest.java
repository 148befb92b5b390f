package dev.sshtunnels.forward.socks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.forward.Forwarding;
import dev.sshtunnels.forward.ForwardingScenario;
import dev.sshtunnels.forward.contract.SocksRefusal;
import dev.sshtunnels.testing.SilentTarget;
import dev.sshtunnels.testing.SocksClient;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpServer;
import dev.sshtunnels.tunnel.AllowedDestination;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.SocksCredentials;
import dev.sshtunnels.tunnel.SocksRules;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What SOCKS clients of a D listener are told, with a real sshd behind it. */
class SocksServerTest extends ForwardingScenario {

    @Test
    void everyCauseOfFailureHasItsReply() throws Exception {
        int proxy = forwarding.dynamic().port();
        assertThat(reply(proxy, "127.0.0.1", Forwarding.freePort())).isEqualTo(SocksReply.CONNECTION_REFUSED);
        assertThat(reply(proxy, "nowhere.invalid", 1)).isEqualTo(SocksReply.HOST_UNREACHABLE);
        assertThat(reply(proxy, "255.255.255.255", 1))
                .isIn(SocksReply.NETWORK_UNREACHABLE, SocksReply.HOST_UNREACHABLE);
        try (SocksClient client = new SocksClient(proxy)) {
            client.greet(0);
            client.send(SocksClient.request(2, "127.0.0.1", 1));
            assertThat(client.reply()).isEqualTo(SocksReply.COMMAND_NOT_SUPPORTED);
            assertThat(client.isClosed()).isTrue();
        }
        try (SocksClient client = new SocksClient(proxy)) {
            client.greet(0);
            client.send(new byte[] {5, 1, 0, 9, 0, 0, 0, 0});
            assertThat(client.reply()).isEqualTo(SocksReply.ADDRESS_TYPE_NOT_SUPPORTED);
        }
    }

    @Test
    void aDestinationThatSshdProhibitsIsNotAllowed() throws Exception {
        try (TcpServer target = TcpServer.echo();
                Sshd strict =
                        Sshd.builder().authorize(key, "permitopen=\"[::1]:9\"").start();
                Forwarding behind = new Forwarding(strict, key)) {
            int proxy = behind.dynamic().port();
            assertThat(reply(proxy, "127.0.0.1", target.port())).isEqualTo(SocksReply.NOT_ALLOWED);
            // sshd compares texts, so an address has to be spelt as it does.
            assertThat(reply(proxy, "0:0:0:0:0:0:0:1", 9)).isEqualTo(SocksReply.CONNECTION_REFUSED);
        }
    }

    @Test
    void aDestinationThatIsNotOnTheListNeverReachesSshd() throws Exception {
        try (TcpServer target = TcpServer.echo()) {
            Forwarding.Opened forward = dynamic(rules(null, "localhost:" + target.port(), "10.0.0.0/8"));
            int proxy = forward.port();
            for (String spelling : List.of("127.0.0.1", "127.1", "0x7f.1", "2130706433", "::ffff:127.0.0.1", "::1")) {
                assertThat(reply(proxy, spelling, target.port())).as(spelling).isEqualTo(SocksReply.NOT_ALLOWED);
                assertThat(forward.socksRefusal()).isEqualTo(SocksRefusal.DestinationNotAllowed);
            }
            assertThat(reply(proxy, "localhost", target.port() - 1)).isEqualTo(SocksReply.NOT_ALLOWED);
            // sshd logs in order: had it been asked before, its log would say so before this.
            assertThat(reply(proxy, "LocalHost", target.port())).isEqualTo(SocksReply.SUCCEEDED);
            sshd.awaitLog("target LocalHost port " + target.port());
            assertThat(sshd.log())
                    .filteredOn(line -> line.startsWith("debug1: server_request_direct_tcpip"))
                    .filteredOn(line ->
                            line.endsWith(" port " + target.port()) || line.endsWith(" port " + (target.port() - 1)))
                    .hasSize(1);
        }
    }

    @Test
    void aNameThatWouldEndTheSessionIsRefusedHere() throws Exception {
        try (TcpServer target = TcpServer.echo()) {
            int proxy = forwarding.dynamic().port();
            assertThat(reply(proxy, "localhost\0.example", target.port())).isEqualTo(SocksReply.HOST_UNREACHABLE);
            assertThat(reply(proxy, "127.0.0.1", target.port())).isEqualTo(SocksReply.SUCCEEDED);
        }
    }

    @Test
    void credentialsAreAskedForAndChecked() throws Exception {
        try (TcpServer target = TcpServer.echo()) {
            Forwarding.Opened forward = dynamic(rules(new SocksCredentials("us", "pass")));
            int proxy = forward.port();
            try (SocksClient client = new SocksClient(proxy)) {
                assertThat(client.greet(0, 2)).isEqualTo(2);
                assertThat(client.authenticate("us", "pass")).isZero();
                assertThat(client.request("127.0.0.1", target.port())).isEqualTo(SocksReply.SUCCEEDED);
                roundTrip(client.socket());
            }
            try (SocksClient client = new SocksClient(proxy)) {
                client.greet(2);
                assertThat(client.authenticate("us", "wrong")).isNotZero();
                assertThat(client.isClosed()).isTrue();
                assertThat(forward.socksRefusal()).isEqualTo(SocksRefusal.WrongCredentials);
            }
            try (SocksClient client = new SocksClient(proxy)) {
                assertThat(client.greet(0)).isEqualTo(0xff);
                assertThat(client.isClosed()).isTrue();
                assertThat(forward.socksRefusal()).isEqualTo(SocksRefusal.NoAcceptableMethod);
            }
            try (SocksClient client = new SocksClient(proxy)) {
                client.send(new byte[] {4, 1, 0, 80, 127, 0, 0, 1, 0});
                assertThat(client.read(8)).startsWith(0, 91);
                assertThat(forward.socksRefusal()).isEqualTo(SocksRefusal.NoAcceptableMethod);
            }
        }
    }

    @Test
    void whatIsNotSocksIsCountedAndClosedAtOnce() throws Exception {
        Forwarding.Opened forward = forwarding.dynamic();
        int proxy = forward.port();
        for (String words : List.of("GET / HTTP/1.1\r\n\r\n", "\0", "\u0016\u0003\u0001")) {
            try (SocksClient client = new SocksClient(proxy)) {
                client.send(words.getBytes(UTF_8));
                assertThat(client.isClosed()).isTrue();
                assertThat(forward.socksRefusal()).isEqualTo(SocksRefusal.NotSocks);
            }
        }
    }

    @Test
    void aFailureReplyArrivesThoughTheClientHasSentMore() throws Exception {
        int proxy = dynamic(rules(null, "db.example")).port();
        int closed = Forwarding.freePort();
        int open = forwarding.dynamic().port();
        for (int i = 0; i < 20; i++) {
            try (SocksClient denied = new SocksClient(proxy);
                    SocksClient refused = new SocksClient(open)) {
                byte[] more = new byte[100_000];
                denied.send(new byte[] {5, 1, 0}, SocksClient.request(1, "127.0.0.1", closed), more);
                refused.send(new byte[] {5, 1, 0}, SocksClient.request(1, "127.0.0.1", closed), more);
                assertThat(denied.read(12)).startsWith(5, 0, 5, SocksReply.NOT_ALLOWED);
                assertThat(refused.read(12)).startsWith(5, 0, 5, SocksReply.CONNECTION_REFUSED);
                assertThat(denied.read(1)).isEmpty();
                assertThat(refused.read(1)).isEmpty();
            }
        }
    }

    @Test
    void requestAndDataMayComeInOneGoOrByteByByte() throws Exception {
        try (TcpServer target = TcpServer.echo()) {
            int proxy = dynamic(rules(new SocksCredentials("u", "p"))).port();
            byte[] all = SocksClient.join(
                    new byte[] {5, 1, 2},
                    SocksClient.credentials("u", "p"),
                    SocksClient.request(1, "127.0.0.1", target.port()),
                    "ping".getBytes(UTF_8));
            try (SocksClient client = new SocksClient(proxy)) {
                client.send(all);
                assertThat(client.read(14)).startsWith(5, 2, 1, 0, 5, 0);
                assertThat(client.read(4)).isEqualTo("ping".getBytes(UTF_8));
            }
            try (SocksClient client = new SocksClient(proxy)) {
                for (byte one : all) {
                    client.send(new byte[] {one});
                }
                assertThat(client.read(14)).startsWith(5, 2, 1, 0, 5, 0);
                assertThat(client.read(4)).isEqualTo("ping".getBytes(UTF_8));
            }
        }
    }

    /** Three clients that wait at once: a slow one, one whose target never answers, and the same without SOCKS. */
    @Test
    void nobodyWaitsLongerThanTenSeconds() throws Exception {
        try (SilentTarget silent = new SilentTarget()) {
            Forwarding.Opened forward = forwarding.dynamic();
            int proxy = forward.port();
            int direct = forwarding.local(silent.port()).port();
            long start = System.nanoTime();
            try (SocksClient slow = new SocksClient(proxy);
                    SocksClient waiting = new SocksClient(proxy);
                    Socket plain = new Socket("127.0.0.1", direct)) {
                slow.send(new byte[] {5, 3, 0});
                Thread trickle = Thread.startVirtualThread(() -> trickle(slow));
                assertThat(waiting.connect("127.0.0.1", silent.port())).isEqualTo(SocksReply.HOST_UNREACHABLE);
                assertThat(waiting.isClosed()).isTrue();
                assertThat(readOrReset(plain)).isEqualTo(-1);
                assertThat(slow.isClosed()).isTrue();
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(13));
                assertThat(forward.socksRefusal()).isEqualTo(SocksRefusal.HandshakeTimeout);
                trickle.join();
            }
        }
    }

    /** As slow as it can be without coming to the end of its greeting in time. */
    private static void trickle(SocksClient client) {
        try {
            client.send(new byte[] {1});
        } catch (Exception _) {
            // It was closed.
        }
    }

    private Forwarding.Opened dynamic(SocksRules rules) throws Exception {
        return forwarding.open(new Forward.Dynamic("d", new HostPort("localhost", Forwarding.freePort())), rules);
    }

    static SocksRules rules(SocksCredentials credentials, String... allow) {
        return new SocksRules(
                Optional.ofNullable(credentials),
                Stream.of(allow).map(AllowedDestination::parse).toList());
    }

    static int reply(int proxy, String host, int port) throws Exception {
        try (SocksClient client = new SocksClient(proxy)) {
            return client.connect(host, port);
        }
    }
}
