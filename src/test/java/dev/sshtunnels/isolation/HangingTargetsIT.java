package dev.sshtunnels.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.SilentTarget;
import dev.sshtunnels.testing.TcpServer;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A peer that hangs delays nobody else")
class HangingTargetsIT extends IsolationScenario {

    private static final Duration GOAL = Duration.ofMillis(50);
    private static final int HANGING = 100;

    @Test
    void hundredRemoteForwardsWhoseTargetsNeverAnswer() throws Exception {
        SilentTarget silent = untilTheEnd(new SilentTarget());
        TunnelAgent agent = agent().remote("healthy", echo.port());
        for (int i = 0; i < HANGING; i++) {
            agent.remote("hanging-" + i, silent.port());
        }
        agent.start();
        Duration alone = Latency.warm(agent.port("healthy"));
        int threads = agent.facts().threads();
        for (int i = 0; i < HANGING; i++) {
            connect(agent.port("hanging-" + i));
        }
        await("each target is dialled").atMost(PATIENCE).until(() -> silent.strangers() == HANGING);

        assertThat(Latency.connectAndEcho(agent.port("healthy"))).isLessThan(goal(alone));
        assertThat(agent.facts().threads()).as("threads").isLessThanOrEqualTo(threads + 2);
    }

    @Test
    void hundredConnectionsOfALocalForwardWhoseTargetNeverAnswers() throws Exception {
        SilentTarget silent = untilTheEnd(new SilentTarget());
        TunnelAgent agent = agent().local("healthy", echo.port())
                .local("hanging", silent.port())
                .start();
        Duration alone = Latency.warm(agent.port("healthy"));
        int threads = agent.facts().threads();
        connect(agent.port("hanging"), HANGING);
        await("each client is taken")
                .atMost(PATIENCE)
                .until(() -> agent.metric("sshtunnel_active_connections") >= HANGING);

        assertThat(Latency.connectAndEcho(agent.port("healthy"))).isLessThan(goal(alone));
        assertThat(agent.facts().threads()).as("threads").isLessThanOrEqualTo(threads + 2);
    }

    @Test
    void clientsAndTargetsThatStopReading() throws Exception {
        Flow flow = new Flow();
        CountDownLatch end = untilTheEnd(new CountDownLatch(1), CountDownLatch::countDown);
        TcpServer source = untilTheEnd(TcpServer.on(client -> flow.into(client.getOutputStream())));
        TcpServer deaf = untilTheEnd(TcpServer.on(_ -> end.await()));
        TunnelAgent agent = agent().local("healthy", echo.port())
                .remote("healthy-too", echo.port())
                .local("source", source.port())
                .local("deaf", deaf.port())
                .start();
        Duration alone = Latency.warm(agent.port("healthy"));
        connect(agent.port("source"), 20);
        for (Socket client : connect(agent.port("deaf"), 20)) {
            OutputStream out = client.getOutputStream();
            Thread.ofVirtual().start(() -> flow.into(out));
        }
        flow.awaitStall(PATIENCE);

        assertThat(Latency.connectAndEcho(agent.port("healthy"))).isLessThan(goal(alone));
        assertThat(Latency.connectAndEcho(agent.port("healthy-too"))).isLessThan(goal(alone));
    }

    /** @param alone what it took while nothing hung: a machine that is busy with other work is slower by itself */
    private static Duration goal(Duration alone) {
        Duration twice = alone.multipliedBy(2);
        return twice.compareTo(GOAL) > 0 ? twice : GOAL;
    }
}
