package dev.sshtunnels.forward.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.Forwarding;
import dev.sshtunnels.forward.ForwardingScenario;
import dev.sshtunnels.testing.SocksClient;
import dev.sshtunnels.testing.TcpServer;
import dev.sshtunnels.tunnel.AllowedDestination;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.SocksRules;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser at a SOCKS proxy, some of whose destinations fail. */
class SocksDestinationsTest extends ForwardingScenario {

    @ParameterizedTest
    @ValueSource(strings = {"D", "remote SOCKS"})
    void destinationsThatFailByTurnsAreNotAllNewsOfTheTarget(String mode) throws Exception {
        Forwarding.Opened proxy = mode.equals("D") ? forwarding.dynamic() : remoteSocks();
        int port = proxy.port();
        int closed = Forwarding.freePort();
        long began = System.nanoTime();
        try (TcpServer echo = TcpServer.echo()) {
            for (int page = 0; page < 4; page++) {
                assertThat(reply(port, echo.port())).isZero();
                assertThat(reply(port, closed)).isNotZero();
            }
        }

        assertThat(List.of(
                        proxy.target().reason(),
                        proxy.target().reason(),
                        proxy.target().reason(),
                        proxy.target().reason(),
                        proxy.target().reason()))
                .containsExactly(
                        Reason.TargetConnected,
                        Reason.TargetRefused,
                        Reason.TargetConnected,
                        Reason.TargetRefused,
                        Reason.TargetConnected);
        int more = 0;
        while (!proxy.hasNoNewsOfTheTarget()) {
            proxy.target();
            more++;
        }
        assertThat(more).as("one in ten seconds, on a slow machine").isLessThanOrEqualTo(tensOfSecondsSince(began));
    }

    private static int tensOfSecondsSince(long nanos) {
        return (int) (Duration.ofNanos(System.nanoTime() - nanos).toSeconds() / 10);
    }

    private Forwarding.Opened remoteSocks() {
        return forwarding.open(
                new Forward.RemoteDynamic("r", new HostPort("localhost", 0)),
                new SocksRules(Optional.empty(), List.of(AllowedDestination.parse("*"))));
    }

    private static int reply(int proxy, int target) throws IOException {
        try (SocksClient client = new SocksClient(proxy)) {
            return client.connect("127.0.0.1", target);
        }
    }
}
