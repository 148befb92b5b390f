package dev.sshtunnels.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

// Beside the other soaks and the tests that need the cluster: it waits most of the time.
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("Ten minutes of connections that come and go, with sessions that are lost")
class ChurnSoak extends IsolationScenario {

    private static final Duration BETWEEN_LOSSES = Duration.ofSeconds(20);
    private static final int CLIENTS = 8;
    private static final int BETWEEN_CONNECTIONS_MILLIS = 20;

    private final LongAdder served = new LongAdder();

    @Test
    @Timeout(900)
    void leakNothing() throws Exception {
        TcpServer target = untilTheEnd(Ending.target());
        TunnelAgent agent = agent().local("local", target.port())
                .remote("remote", target.port())
                .dynamic("socks")
                .start();
        Churn churn = new Churn(agent, target.port());
        churn.each(Ending.values());
        lose(agent);
        churn.each(Ending.values());
        Footprint before = Footprint.of(agent.facts());

        long losses = Soak.DURATION.dividedBy(BETWEEN_LOSSES);
        try (ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.scheduleWithFixedDelay(
                        () -> comeAndGo(churn), 0, BETWEEN_CONNECTIONS_MILLIS, TimeUnit.MILLISECONDS);
            }
            for (int i = 0; i < losses; i++) {
                long servedBefore = served.sum();
                await("the next loss, clients having been served before it")
                        .pollDelay(BETWEEN_LOSSES)
                        .atMost(BETWEEN_LOSSES.plus(PATIENCE))
                        .until(() -> served.sum() > servedBefore);
                lose(agent);
            }
        }

        before.awaitBackAt();
        assertThat(agent.metric("sshtunnel_reconnects_total")).isGreaterThanOrEqualTo(losses);
        assertThat(agent.metric("sshtunnel_active_connections")).isZero();
        assertThat(agent.process().log()).as("errors in the log").noneMatch(line -> line.contains(" ERROR "));
    }

    /** Ends the session as a crash of the server does, and waits for the next one. */
    private void lose(TunnelAgent agent) throws Exception {
        double before = agent.metric("sshtunnel_reconnects_total");
        sshd.killSessions();
        await("the loss is noticed").atMost(PATIENCE).until(() -> agent.metric("sshtunnel_reconnects_total") > before);
        agent.awaitListening();
    }

    private void comeAndGo(Churn churn) {
        Ending[] endings = Ending.values();
        try {
            churn.one(endings[ThreadLocalRandom.current().nextInt(endings.length)]);
            served.increment();
        } catch (IOException _) {
            // The session was lost, and may not be back yet.
        }
    }
}
