package dev.sshtunnels.agent.session;

import static dev.sshtunnels.agent.Samples.forward;
import static dev.sshtunnels.agent.Samples.key;
import static dev.sshtunnels.agent.Samples.login;
import static dev.sshtunnels.agent.Samples.plan;
import static dev.sshtunnels.agent.Samples.policy;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.agent.login.Resolution;
import dev.sshtunnels.agent.metrics.AgentMetrics;
import dev.sshtunnels.agent.observation.AuditLog;
import dev.sshtunnels.agent.observation.Observation;
import dev.sshtunnels.agent.plan.Plan;
import dev.sshtunnels.agent.plan.PlanInForce;
import dev.sshtunnels.agent.retry.RetryPolicy;
import dev.sshtunnels.agent.status.ReportBoard;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.tunnel.Forward;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;

/** A supervisor with a scripted server, whose login and documents are the test's to change. */
abstract class SupervisorScenario {

    static final RetryPolicy QUICK = policy(Duration.ofMillis(5), Duration.ofMillis(20));
    static final Forward WEB = forward("web", 8080);
    static final Forward DB = forward("db", 5432);

    final AtomicReference<Plan> plan = new AtomicReference<>(plan(DB));
    final AtomicReference<Resolution> resolution = new AtomicReference<>(ready("alice", key(), QUICK));
    final ScriptedConnector connector = new ScriptedConnector();
    final RecordingOpener opener = new RecordingOpener();
    final ReportBoard board = new ReportBoard(PlanInForce.of(plan.get()), 1);
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EventLoop loop = new EventLoop("test-loop");
    private final TunnelGates gates = new TunnelGates(loop);
    private final Observation observation =
            new Observation(board, new AgentMetrics(registry), new AuditLog(), Instant::now);
    private SessionSupervisor supervisor;
    private Thread thread;

    @AfterEach
    final void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(Duration.ofSeconds(10));
        loop.close();
    }

    /** In a time that stands still: what has to wait is never due. */
    final void start() {
        start(InstantSource.fixed(Instant.EPOCH));
    }

    final void start(InstantSource clock) {
        supervisor = new SessionSupervisor(
                plan::get,
                server -> resolution.get(),
                connector,
                connection -> new SessionForwards(connection, opener, gates, observation),
                new SessionEnd(server -> Duration.ofSeconds(5), Duration.ZERO),
                observation,
                clock,
                new SplittableRandom(1));
        thread = Thread.ofVirtual().start(supervisor);
    }

    static Resolution ready(String user, KeyPair key, RetryPolicy policy) {
        return new Resolution.Ready(login(user, key), policy);
    }

    final void change(Resolution next) {
        resolution.set(next);
        supervisor.changed();
    }

    final void change(Plan next) {
        Plan.Server server = next.server();
        long generation = plan.get().server().generation() + 1;
        plan.set(new Plan(new Plan.Server(server.name(), generation, server.spec(), server.source()), next.tunnels()));
        supervisor.changed();
    }

    final void awaitConnected() {
        await().until(() -> board.current().session().connected());
    }

    final void awaitReason(Reason reason) {
        await().until(() -> board.current().session().reason() == reason);
    }

    final void awaitGeneration() {
        await().until(() ->
                board.current().session().generation() == plan.get().server().generation());
    }
}
