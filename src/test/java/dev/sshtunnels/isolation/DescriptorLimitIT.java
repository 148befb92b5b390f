package dev.sshtunnels.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.Exchange;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("At the limit of descriptors")
class DescriptorLimitIT extends IsolationScenario {

    private static final int LIMIT = 256;
    private static final Duration WATCHED = Duration.ofSeconds(3);

    @Test
    void acceptingPausesWithoutSpinningAndRecovers() throws Exception {
        TunnelAgent agent = agent().local("echo", echo.port())
                .remote("remote", echo.port())
                .by("prlimit", "--nofile=" + LIMIT + ":" + LIMIT)
                .start();
        Latency.connectAndEcho(agent.port("echo"));
        List<Socket> clients = connect(agent.port("echo"), LIMIT);
        await("no descriptor is left").atMost(PATIENCE).until(() -> agent.metric("sshtunnel_accept_errors_total") > 0);

        assertThat(processorShare(agent)).as("share of a processor").isLessThan(0.2);
        assertThat(agent.process().get("/livez").statusCode()).isEqualTo(200);
        assertThat(connect(agent.port("remote")).getInputStream().read())
                .as("refused for now")
                .isEqualTo(-1);

        for (Socket client : clients.subList(0, LIMIT / 2)) {
            client.close();
        }
        await("a new client is served").atMost(Duration.ofSeconds(1)).until(() -> Exchange.works(agent.port("echo")));
        assertThat(Exchange.works(agent.port("remote"))).isTrue();
        assertThat(agent.process().log())
                .filteredOn(line -> line.contains("none can be accepted"))
                .as("said once")
                .hasSize(1);
    }

    private static double processorShare(TunnelAgent agent) throws IOException {
        Duration begin = agent.facts().processorTime();
        long from = System.nanoTime();
        await().pollDelay(WATCHED).atMost(WATCHED.multipliedBy(3)).until(() -> true);
        double used = agent.facts().processorTime().minus(begin).toNanos();
        return used / (System.nanoTime() - from);
    }
}
