package dev.sshtunnels.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Ports;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent that is to end while clients are still sent to it, as a pod of a Service is for a second or two. */
class ShutdownDelayTest extends AgentScenario {

    private static final Duration DELAY = Duration.ofSeconds(2);

    @BeforeEach
    void start() throws IOException {
        agent.key(key).server(sshd);
    }

    @Test
    void newConnectionsAreServedThroughTheDelayAndRemotePortsAreGivenBackAtOnce() throws Exception {
        int local = Ports.OF_THIS_RUN.next();
        int remote = Ports.OF_THIS_RUN.next();
        agent.local("db", local, echo.port());
        agent.tunnel(
                "web",
                "mode: R",
                "listen: {port: " + remote + "}",
                "target: {host: 127.0.0.1, port: " + echo.port() + "}");
        agent.shutdownDelay(DELAY).start().awaitReady();
        await().until(() -> Exchange.works(remote));

        long begin = System.nanoTime();
        Thread ending = Thread.ofVirtual().start(agent::stop);

        await().until(() -> agent.get("/readyz").statusCode() == 503);
        await().atMost(DELAY.dividedBy(2)).until(() -> !Exchange.works(remote));
        assertThat(Exchange.works(local)).isTrue();
        ending.join();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(DELAY, DELAY.plusSeconds(5));
        assertThat(Exchange.works(local)).isFalse();
    }

    @Test
    void anAgentWithoutLocalListenersEndsAtOnce() throws Exception {
        int remote = Ports.OF_THIS_RUN.next();
        agent.tunnel(
                "web",
                "mode: R",
                "listen: {port: " + remote + "}",
                "target: {host: 127.0.0.1, port: " + echo.port() + "}");
        agent.shutdownDelay(Duration.ofMinutes(1)).start().awaitReady();
        await().until(() -> Exchange.works(remote));

        long begin = System.nanoTime();
        agent.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void nobodyIsServedWhenTheSessionEndsDuringTheDelay() throws Exception {
        agent.local("db", Ports.OF_THIS_RUN.next(), echo.port());
        agent.shutdownDelay(Duration.ofMinutes(1)).start().awaitReady();
        Thread ending = Thread.ofVirtual().start(agent::stop);
        await().until(() -> agent.get("/readyz").statusCode() == 503);

        sshd.killSessions();

        assertThat(ending.join(Duration.ofSeconds(10))).isTrue();
    }
}
