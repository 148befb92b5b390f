package dev.sshtunnels.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.TcpServer;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

// Beside the other soaks and the tests that need the cluster: it waits most of the time.
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("A reader that pauses for ten minutes")
class PausedReaderSoak extends IsolationScenario {

    /** What its window lets arrive, and what sockets hold on the way. */
    private static final long AFTER_THE_PAUSE = 16 << 20;

    private static final long WINDOW = 2 << 20;

    @Test
    @Timeout(900)
    void losesNothingAndHoldsNoMoreThanItsWindow() throws Exception {
        Flow flow = new Flow();
        TcpServer source = untilTheEnd(TcpServer.on(client -> flow.into(client.getOutputStream())));
        TunnelAgent agent = agent().local("local", source.port())
                .remote("remote", source.port())
                .local("healthy", echo.port())
                .start();
        Map<String, Socket> paused = Map.of(
                "L", connect(agent.port("local")),
                "R", connect(agent.port("remote")));
        flow.awaitStall(PATIENCE);
        long held = agent.facts().residentBytes();

        await("the pause")
                .pollInterval(Duration.ofSeconds(10))
                .pollDelay(Soak.DURATION)
                .atMost(Soak.DURATION.plusMinutes(1))
                .until(() -> Exchange.works(agent.port("healthy")));

        assertThat(agent.facts().residentBytes()).as("memory").isLessThan(held + 2 * WINDOW);
        for (Socket reader : List.copyOf(paused.values())) {
            Flow.check(reader.getInputStream(), 0, AFTER_THE_PAUSE);
        }
    }
}
