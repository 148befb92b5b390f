package dev.sshtunnels.agent.session;

import static dev.sshtunnels.agent.Samples.key;
import static dev.sshtunnels.agent.Samples.login;
import static dev.sshtunnels.agent.Samples.plan;
import static dev.sshtunnels.agent.Samples.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.agent.plan.Plan;
import dev.sshtunnels.ssh.Login;
import dev.sshtunnels.ssh.Rejections;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The end of an agent while sessions that have a successor still carry connections. */
class SessionEndTest {

    private static final Plan PLAN = plan();

    private final ScriptedConnector connector = new ScriptedConnector();
    private Duration drainTimeout = Duration.ofHours(1);
    private final SessionEnd end = new SessionEnd(server -> drainTimeout, Duration.ZERO);

    @Test
    void theConnectionsOfARetiredSessionAreWaitedForAlthoughNoSessionIsInUse() throws Exception {
        ActiveSession retired = retiredWithAConnection();

        Thread ending = Thread.ofVirtual().start(() -> end.drain(null, PLAN));
        awaitWaiting(ending);
        assertThat(isClosed(retired)).isFalse();

        retired.forwards().connections().closed();
        assertThat(ending.join(Duration.ofSeconds(10))).isTrue();
        assertThat(isClosed(retired)).isTrue();
    }

    @Test
    void theSessionInUseEndsBeforeThem() throws Exception {
        ActiveSession retired = retiredWithAConnection();
        ActiveSession active = session();

        Thread ending = Thread.ofVirtual().start(() -> end.drain(active, PLAN));
        await().until(() -> isClosed(active));
        awaitWaiting(ending);
        assertThat(isClosed(retired)).isFalse();

        retired.forwards().connections().closed();
        assertThat(ending.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void withoutADrainTheyEndAtOnceWhateverTimeTheyWereGiven() throws Exception {
        ActiveSession retired = retiredWithAConnection();
        drainTimeout = Duration.ZERO;

        Thread ending = Thread.ofVirtual().start(() -> end.drain(null, PLAN));

        assertThat(ending.join(Duration.ofSeconds(10))).isTrue();
        assertThat(isClosed(retired)).isTrue();
        assertThat(retired.forwards().connections().areGivenUp()).isTrue();
    }

    @Test
    void anAgentWhoseRetiredSessionsAreOverEndsAtOnce() throws Exception {
        ActiveSession retired = session();
        end.retire(retired, PLAN);
        await().until(() -> isClosed(retired));

        Thread ending = Thread.ofVirtual().start(() -> end.drain(null, PLAN));

        assertThat(ending.join(Duration.ofSeconds(10))).isTrue();
    }

    private ActiveSession retiredWithAConnection() throws Exception {
        ActiveSession session = session();
        session.forwards().connections().opened();
        end.retire(session, PLAN);
        return session;
    }

    private ActiveSession session() throws Exception {
        Login login = login("alice", key());
        ScriptedConnector.Connection connection = connector.connect(login, Rejections.NONE);
        SessionForwards forwards = new SessionForwards(connection, new RecordingOpener(), null, null);
        return new ActiveSession(
                login, policy(Duration.ofSeconds(1), Duration.ofSeconds(1)), connection, forwards, Instant.EPOCH, null);
    }

    private static boolean isClosed(ActiveSession session) {
        return session.connection().closed().toCompletableFuture().isDone();
    }

    /** Waiting for something, without a limit of its own; not ended. */
    private static void awaitWaiting(Thread thread) {
        await().until(() -> thread.getState() == Thread.State.WAITING);
    }
}
