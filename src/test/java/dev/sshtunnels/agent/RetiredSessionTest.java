package dev.sshtunnels.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Ports;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent that is to end while a former session still carries a connection, as each does after an edit of its server. */
class RetiredSessionTest extends AgentScenario {

    private static final String GOODBYE = "the tunnel is no longer wanted";

    private final int db = Ports.OF_THIS_RUN.next();

    @BeforeEach
    void start() throws IOException {
        agent.key(key).local("db", db, echo.port());
    }

    @Test
    void itsConnectionsEndByThemselvesAndThenTheSessionWithAGoodbye() throws Exception {
        agent.server(sshd).start().awaitReady();
        CompletableFuture<Void> stopped;
        try (Exchange open = Exchange.with(db)) {
            open.say("before");
            replaceTheSession();
            stopped = CompletableFuture.runAsync(agent::stop);
            await().atMost(PATIENCE).until(() -> sshd.logged(GOODBYE) == 1);

            assertThat(open.say("still")).isEqualTo("still");
            assertThat(stopped).isNotDone();
        }
        await().atMost(PATIENCE).until(stopped::isDone);
        await().atMost(PATIENCE).until(() -> sshd.logged(GOODBYE) == 2);
    }

    @Test
    void aConnectionThatOutlivesTheDrainTimeIsReset() throws Exception {
        agent.server(sshd, "agent: {drainTimeout: 2s}").start().awaitReady();
        try (Exchange open = Exchange.with(db)) {
            open.say("before");
            replaceTheSession("agent: {drainTimeout: 2s}");

            agent.stop();

            assertThatThrownBy(() -> open.say("too late"))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void itsConnectionsHaveTheirTimeThoughItsSuccessorIsLost() throws Exception {
        agent.server(sshd).start().awaitReady();
        CompletableFuture<Void> stopped;
        try (Exchange open = Exchange.with(db)) {
            open.say("before");
            List<Long> former = sshd.sessions();
            replaceTheSession();
            agent.key(keys.ed25519());
            sshd.killSessionsBut(former);
            agent.awaitReason(Reason.AuthenticationFailed);

            stopped = CompletableFuture.runAsync(agent::stop);
            await().atMost(PATIENCE).until(() -> agent.get("/readyz").body().contains("stopping"));

            assertThat(open.say("still")).isEqualTo("still");
            assertThat(stopped).isNotDone();
        }
        await().atMost(PATIENCE).until(stopped::isDone);
        await().atMost(PATIENCE).until(() -> sshd.logged(GOODBYE) == 1);
    }

    private void replaceTheSession(String... specLines) throws IOException {
        List<String> lines = new ArrayList<>(List.of(specLines));
        lines.add("keepAlive: {interval: 20s}");
        agent.server(sshd, lines.toArray(String[]::new));
        await().atMost(PATIENCE).until(() -> sshd.logged("Accepted publickey") == 2);
        await().atMost(PATIENCE).until(() -> Exchange.works(db));
    }
}
