package dev.sshtunnels.forward.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.Forwarding;
import dev.sshtunnels.forward.contract.OpenForward;
import dev.sshtunnels.tunnel.AccessRules;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.SocksPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes in through the listeners of a tunnel. */
class AdmissionTest extends AdmissionScenario {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "*"})
    void addressOutsideTheSourceRangesIsReset(String listen) throws Exception {
        forwarding.rules(rules(List.of("127.0.0.2/32", "10.0.0.0/8"), null, null, null));
        Forwarding.Opened forward = forwarding.open(new Forward.Local(
                "l", new HostPort(listen, Forwarding.freePort()), new HostPort("127.0.0.1", echo.port())));
        int port = forward.port();

        assertThat(isReset(port, "127.0.0.1")).isTrue();
        assertThat(forward.rejection()).isEqualTo(Reason.SourceNotAllowed);
        try (Socket client = from("127.0.0.2", port)) {
            roundTrip(client);
        }
        assertThat(forward.isQuiet()).isTrue();
    }

    @Test
    void forwardsOfATunnelShareItsLimit() throws Exception {
        forwarding.rules(rules(List.of(), 2, null, null));
        Forwarding.Opened local = forwarding.local(echo.port());
        Forwarding.Opened dynamic = forwarding.dynamic();
        int port = local.port();
        int proxy = dynamic.port();

        try (Socket first = from("127.0.0.1", port);
                Socket second = new Socket(socks(proxy))) {
            roundTrip(first);
            second.connect(new InetSocketAddress("127.0.0.1", echo.port()));
            roundTrip(second);

            assertThat(isReset(port, "127.0.0.1")).isTrue();
            assertThat(local.rejection()).isEqualTo(Reason.TooManyConnections);
            assertThat(isReset(proxy, "127.0.0.3")).isTrue();
            assertThat(dynamic.rejection()).isEqualTo(Reason.TooManyConnections);
        }
        awaitServed(port, "127.0.0.1");
    }

    @Test
    void oneAddressThatHasEnoughDoesNotKeepAnotherOut() throws Exception {
        forwarding.rules(rules(List.of(), null, 1, null));
        Forwarding.Opened forward = forwarding.local(echo.port());
        int port = forward.port();

        try (Socket first = from("127.0.0.2", port);
                Socket other = from("127.0.0.3", port)) {
            roundTrip(first);
            roundTrip(other);
            assertThat(isReset(port, "127.0.0.2")).isTrue();
            assertThat(forward.rejection()).isEqualTo(Reason.TooManyConnectionsFromSource);
        }
        awaitServed(port, "127.0.0.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIN", "RST", "half-close"})
    void placeIsFreeAgainHoweverTheConnectionEnded(String end) throws Exception {
        forwarding.rules(rules(List.of(), 1, 1, null));
        int port = forwarding.local(echo.port()).port();

        Socket client = from("127.0.0.1", port);
        roundTrip(client);
        switch (end) {
            case "FIN" -> client.close();
            case "RST" -> {
                client.setSoLinger(true, 0);
                client.close();
            }
            default -> {
                client.shutdownOutput();
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }

        awaitServed(port, "127.0.0.1");
        client.close();
    }

    @Test
    void placeIsFreeAgainAfterARefusedTarget() throws Exception {
        forwarding.rules(rules(List.of(), 1, null, null));
        Forwarding.Opened nowhere = forwarding.local(Forwarding.freePort());
        int port = forwarding.local(echo.port()).port();

        assertThat(isReset(nowhere.port(), "127.0.0.1")).isTrue();

        awaitServed(port, "127.0.0.1");
    }

    @Test
    void clientThatIsStillTalkingSocksCounts() throws Exception {
        forwarding.rules(rules(List.of(), 1, null, null));
        int proxy = forwarding.dynamic().port();
        Forwarding.Opened local = forwarding.local(echo.port());
        int port = local.port();

        try (Socket silent = from("127.0.0.1", proxy)) {
            silent.getOutputStream().write(5);
            await().until(() -> isReset(port, "127.0.0.1"));
        }

        awaitServed(port, "127.0.0.1");
    }

    @Test
    void connectionsOfAnEndedForwardCountOn() throws Exception {
        forwarding.rules(rules(List.of(), 1, null, null));
        Forwarding.Opened former = forwarding.local(echo.port());
        Forwarding.Opened next = forwarding.local(echo.port());
        try (Socket kept = from("127.0.0.1", former.port())) {
            roundTrip(kept);
            former.close(OpenForward.Connections.KEEP);
            int port = next.port();

            assertThat(isReset(port, "127.0.0.1")).isTrue();
            roundTrip(kept);
        }
    }

    @Test
    void changedRulesCountForNewConnectionsAndTheListenerStays() throws Exception {
        Forwarding.Opened forward = forwarding.local(echo.port());
        int port = forward.port();
        try (Socket before = from("127.0.0.1", port)) {
            roundTrip(before);

            forwarding.rules(rules(List.of("10.0.0.0/8"), null, null, null));
            assertThat(isReset(port, "127.0.0.1")).isTrue();
            assertThat(forward.rejection()).isEqualTo(Reason.SourceNotAllowed);
            roundTrip(before);

            forwarding.rules(AccessRules.OPEN);
            try (Socket after = from("127.0.0.1", port)) {
                roundTrip(after);
            }
            roundTrip(before);
        }
        assertThat(forward.isQuiet()).isTrue();
    }

    @Test
    void closedProxyRefusesItsClientsAndNobodyElse() throws Exception {
        Finding missing = new Finding(Reason.SecretKeyMissing, "no password");
        forwarding.rules(AccessRules.of(null, new SocksPolicy.RefuseAll(missing)));
        Forwarding.Opened dynamic = forwarding.dynamic();
        int port = forwarding.local(echo.port()).port();

        assertThat(isReset(dynamic.port(), "127.0.0.1")).isTrue();
        assertThat(dynamic.rejection()).isEqualTo(Reason.SecretKeyMissing);
        try (Socket client = from("127.0.0.1", port)) {
            roundTrip(client);
        }
    }

    private static boolean isReset(int port, String source) throws IOException {
        try (Socket client = from(source, port)) {
            return endsWithReset(client);
        }
    }

    private static void awaitServed(int port, String source) {
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            try (Socket client = from(source, port)) {
                roundTrip(client);
                return true;
            } catch (SocketException e) {
                return false;
            }
        });
    }
}
