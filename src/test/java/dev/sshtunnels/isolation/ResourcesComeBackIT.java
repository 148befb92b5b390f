package dev.sshtunnels.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.SilentTarget;
import dev.sshtunnels.testing.TcpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What connections took comes back")
class ResourcesComeBackIT extends IsolationScenario {

    private static final int CONNECTIONS = 10_000;
    private static final int AT_A_TIME = 32;
    private static final int THAT_TIME_OUT = 100;

    @Test
    void tenThousandConnectionsThatEndInEveryWayLeaveNothing() throws Exception {
        SilentTarget silent = untilTheEnd(new SilentTarget());
        TcpServer target = untilTheEnd(Ending.target());
        TunnelAgent agent = agent().local("local", target.port())
                .remote("remote", target.port())
                .dynamic("socks")
                .remote("silent", silent.port())
                .start();
        Churn churn = new Churn(agent, target.port());
        churn.each(Ending.values());
        Footprint before = Footprint.of(agent.facts());

        // SOCKS clients that say nothing, and targets that never answer, end by a timeout meanwhile.
        connect(agent.port("socks"), THAT_TIME_OUT);
        connect(agent.port("silent"), THAT_TIME_OUT);
        try (ExecutorService clients = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<?>> exchanges = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                Ending ending = Ending.values()[i % Ending.values().length];
                exchanges.add(clients.submit(() -> {
                    churn.one(ending);
                    return null;
                }));
            }
            for (Future<?> exchange : exchanges) {
                exchange.get();
            }
        }

        before.awaitBackAt();
        await("no connection is open").atMost(PATIENCE).until(() -> agent.metric("sshtunnel_active_connections") == 0);
        assertThat(agent.metric("sshtunnel_connections_total")).isGreaterThanOrEqualTo(CONNECTIONS);
    }
}
