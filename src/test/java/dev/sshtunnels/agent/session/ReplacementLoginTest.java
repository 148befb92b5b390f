package dev.sshtunnels.agent.session;

import static dev.sshtunnels.agent.Samples.forward;
import static dev.sshtunnels.agent.Samples.key;
import static dev.sshtunnels.agent.Samples.login;
import static dev.sshtunnels.agent.Samples.plan;
import static dev.sshtunnels.agent.Samples.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.agent.login.Resolution;
import dev.sshtunnels.agent.metrics.AgentMetrics;
import dev.sshtunnels.agent.observation.AuditLog;
import dev.sshtunnels.agent.observation.Observation;
import dev.sshtunnels.agent.plan.Plan;
import dev.sshtunnels.agent.plan.PlanInForce;
import dev.sshtunnels.agent.status.ReportBoard;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.ssh.Login;
import dev.sshtunnels.tunnel.Forward;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens while a login is tried that leads nowhere for a long time, as with a wrong host. */
class ReplacementLoginTest {

    private static final Forward WEB = forward("web", 8080);
    private static final Forward DB = forward("db", 5432);

    private final Login alice = login("alice", key());
    private final Login bob = login("bob", key());
    private final CountDownLatch answer = new CountDownLatch(1);
    private final ScriptedConnector connector = new ScriptedConnector();
    private final RecordingOpener opener = new RecordingOpener();
    private final EventLoop loop = new EventLoop("test-loop");
    private final ReportBoard board = new ReportBoard(PlanInForce.of(plan(DB)), 1);
    private final Observation observation =
            new Observation(board, new AgentMetrics(new SimpleMeterRegistry()), new AuditLog(), InstantSource.system());
    private volatile Plan plan = plan(DB);
    private volatile Login wanted = alice;
    private SessionSupervisor supervisor;
    private Thread thread;

    @BeforeEach
    void start() {
        TunnelGates gates = new TunnelGates(loop);
        supervisor = new SessionSupervisor(
                () -> plan,
                server -> new Resolution.Ready(wanted, policy(Duration.ofMillis(5), Duration.ofMillis(20))),
                connector,
                connection -> new SessionForwards(connection, opener, gates, observation),
                new SessionEnd(server -> Duration.ZERO, Duration.ZERO),
                observation,
                InstantSource.system(),
                new SplittableRandom(1));
        thread = Thread.ofVirtual().unstarted(supervisor);
    }

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        answer.countDown();
        thread.join(Duration.ofSeconds(10));
        loop.close();
    }

    @Test
    void theLossOfTheSessionInUseIsHeededAndTold() {
        replacementUnderWay();

        connector.connections.getFirst().lose(Reason.KeepAliveTimeout);

        await().until(() -> !board.current().session().connected());
        assertThat(opener.events).containsExactly("open db", "close db RESET");
        answer.countDown();
        await().until(() -> board.current().session().connected());
        await().until(() -> opener.events.equals(List.of("open db", "close db RESET", "open db")));
        assertThat(connector.attempts).containsExactly(alice, bob);
    }

    @Test
    void anEditOfATunnelTakesEffect() {
        replacementUnderWay();

        plan = plan(DB, WEB);
        supervisor.changed();

        await().until(() -> opener.events.equals(List.of("open db", "open web")));
        assertThat(connector.attempts).containsExactly(alice, bob);
    }

    @Test
    void anotherEditOfTheLoginIsTriedAtOnce() {
        connector.gate = answer;
        thread.start();
        await().until(() -> connector.attempts.size() == 1);

        connector.gate = new CountDownLatch(0);
        change(bob);

        await().until(() -> board.current().session().connected());
        assertThat(connector.attempts).containsExactly(alice, bob);
    }

    @Test
    void aLoginThatSucceedsAfterItWasTakenBackIsClosed() {
        thread.start();
        await().until(() -> board.current().session().connected());
        CompletableFuture<Reason> deaf = new CompletableFuture<>();
        connector.outcome = login -> deaf.join();
        change(bob);
        await().until(() -> connector.attempts.size() == 2);
        plan = plan(DB, WEB);
        change(alice);
        await().until(() -> opener.events.contains("open web"));

        deaf.complete(Reason.Connected);

        await().until(() -> connector.connections.size() == 2
                && connector.connections.get(1).closed.isDone());
        assertThat(connector.connections.getFirst().closed).isNotDone();
        assertThat(opener.events).containsExactly("open db", "open web");
    }

    /** A session of alice is in use, and a login of bob waits for its answer. */
    private void replacementUnderWay() {
        thread.start();
        await().until(() -> board.current().session().connected());
        connector.gate = answer;
        change(bob);
        await().until(() -> connector.attempts.size() == 2);
    }

    private void change(Login login) {
        wanted = login;
        supervisor.changed();
    }
}
