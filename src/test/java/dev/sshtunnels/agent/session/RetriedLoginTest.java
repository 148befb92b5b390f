package dev.sshtunnels.agent.session;

import static dev.sshtunnels.agent.Samples.key;
import static dev.sshtunnels.agent.Samples.plan;
import static dev.sshtunnels.agent.Samples.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.agent.login.Resolution;
import dev.sshtunnels.api.Reason;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** When a login that failed is tried again. */
class RetriedLoginTest extends SupervisorScenario {

    @Test
    void aRejectedLoginIsNotRepeatedBeforeItsTime() {
        startRejected();

        change(plan(DB, WEB));
        awaitGeneration();

        assertThat(connector.attempts).hasSize(1);
        assertThat(board.current().session().message()).contains("next attempt within about 60 s");
    }

    @Test
    void aNewKeyEndsTheWaitAfterARejectedLogin() {
        startRejected();

        connector.outcome = login -> Reason.Connected;
        change(ready("alice", key(), QUICK));

        awaitConnected();
    }

    @Test
    void triesForEverWhileTheServerRefuses() {
        connector.outcome = login -> connector.attempts.size() < 12 ? Reason.ConnectionRefused : Reason.Connected;
        start(InstantSource.system());

        awaitConnected();

        assertThat(connector.attempts).hasSize(12);
    }

    @Test
    void anErrorOfTheAgentItselfIsToldAndTriedAgain() {
        resolution.set(ready("alice", key(), policy(Duration.ofMillis(300), Duration.ofSeconds(60))));
        connector.outcome = login -> {
            if (connector.attempts.size() == 1) {
                throw new IllegalStateException("scripted");
            }
            return Reason.Connected;
        };
        start(InstantSource.system());

        awaitReason(Reason.ProtocolError);
        assertThat(board.current().session().message())
                .contains("IllegalStateException")
                .contains("report it with the agent's log");
        awaitConnected();
    }

    @Test
    void aLoginThatFailedAndWasTakenBackDoesNotHastenTheNextOne() {
        Resolution good = ready("alice", key(), policy(Duration.ofHours(1), Duration.ofHours(1)));
        resolution.set(good);
        start();
        awaitConnected();
        connector.outcome = login -> Reason.ConnectionRefused;
        change(ready("bob", key(), policy(Duration.ofHours(1), Duration.ofHours(1))));
        await().until(() -> connector.attempts.size() == 2);

        resolution.set(good);
        change(plan(DB));
        awaitGeneration();
        connector.connections.getFirst().lose(Reason.ConnectionReset);

        awaitReason(Reason.ConnectionReset);
        assertThat(connector.attempts).hasSize(2);
    }

    /** The next attempt is a minute away. */
    private void startRejected() {
        resolution.set(ready("alice", key(), policy(Duration.ofSeconds(1), Duration.ofSeconds(60))));
        connector.outcome = login -> Reason.AuthenticationFailed;
        start();
        awaitReason(Reason.AuthenticationFailed);
    }
}
