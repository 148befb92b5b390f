package dev.sshtunnels.agent.session;

import static dev.sshtunnels.agent.Samples.key;
import static dev.sshtunnels.agent.Samples.login;
import static dev.sshtunnels.agent.Samples.plan;
import static dev.sshtunnels.agent.Samples.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.agent.login.Resolution;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.ssh.Login;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A login that is to take the place of the one in use, also while it leads nowhere for a long time, as with a wrong host. */
class ReplacementLoginTest extends SupervisorScenario {

    private final Login alice = login("alice", key());
    private final Login bob = login("bob", key());
    private final CountDownLatch answer = new CountDownLatch(1);

    @BeforeEach
    void begin() {
        resolution.set(to(alice));
    }

    @AfterEach
    void letGo() {
        answer.countDown();
    }

    @Test
    void anotherUserGetsANewSessionBeforeTheOldOneEnds() {
        start();
        awaitConnected();

        change(ready("bob", key(), QUICK));

        await().until(() -> opener.events.equals(List.of("open db", "close db KEEP", "open db")));
        await().until(() -> connector.connections.getFirst().closed.isDone());
        assertThat(connector.connections.get(1).closed).isNotDone();
    }

    @Test
    void aChangedLoginThatFailsLeavesTheRunningSessionInPlace() {
        start();
        awaitConnected();

        connector.outcome = login -> Reason.AuthenticationFailed;
        change(ready("bob", key(), policy(Duration.ofSeconds(1), Duration.ofSeconds(60))));

        await().until(() -> board.current().session().pendingReason() == Reason.AuthenticationFailed);
        assertThat(board.current().session().connected()).isTrue();
        assertThat(opener.events).containsExactly("open db");
    }

    @Test
    void aRotatedKeyIsLeftToTheNextLogin() {
        start();
        awaitConnected();
        KeyPair rotated = key();

        resolution.set(ready("alice", rotated, QUICK));
        change(plan(DB, WEB));
        await().until(() -> opener.events.contains("open web"));

        assertThat(connector.attempts).hasSize(1);
    }

    @Test
    void theLossOfTheSessionInUseIsHeededAndTold() {
        replacementUnderWay();

        connector.connections.getFirst().lose(Reason.KeepAliveTimeout);

        await().until(() -> !board.current().session().connected());
        assertThat(opener.events).containsExactly("open db", "close db RESET");
        answer.countDown();
        awaitConnected();
        await().until(() -> opener.events.equals(List.of("open db", "close db RESET", "open db")));
        assertThat(connector.attempts).containsExactly(alice, bob);
    }

    @Test
    void anEditOfATunnelTakesEffect() {
        replacementUnderWay();

        change(plan(DB, WEB));

        await().until(() -> opener.events.equals(List.of("open db", "open web")));
        assertThat(connector.attempts).containsExactly(alice, bob);
    }

    @Test
    void anotherEditOfTheLoginIsTriedAtOnce() {
        connector.gate = answer;
        start(InstantSource.system());
        await().until(() -> connector.attempts.size() == 1);

        connector.gate = new CountDownLatch(0);
        change(to(bob));

        awaitConnected();
        assertThat(connector.attempts).containsExactly(alice, bob);
    }

    @Test
    void aLoginThatSucceedsAfterItWasTakenBackIsClosed() {
        start(InstantSource.system());
        awaitConnected();
        CompletableFuture<Reason> deaf = new CompletableFuture<>();
        connector.outcome = login -> deaf.join();
        change(to(bob));
        await().until(() -> connector.attempts.size() == 2);
        plan.set(plan(DB, WEB));
        change(to(alice));
        await().until(() -> opener.events.contains("open web"));

        deaf.complete(Reason.Connected);

        await().until(() -> connector.connections.size() == 2
                && connector.connections.get(1).closed.isDone());
        assertThat(connector.connections.getFirst().closed).isNotDone();
        assertThat(opener.events).containsExactly("open db", "open web");
    }

    /** A session of alice is in use, and a login of bob waits for its answer. */
    private void replacementUnderWay() {
        start(InstantSource.system());
        awaitConnected();
        connector.gate = answer;
        change(to(bob));
        await().until(() -> connector.attempts.size() == 2);
    }

    private static Resolution to(Login login) {
        return new Resolution.Ready(login, QUICK);
    }
}
