package dev.sshtunnels.agent.session;

import static dev.sshtunnels.agent.Samples.forward;
import static dev.sshtunnels.agent.Samples.key;
import static dev.sshtunnels.agent.Samples.login;
import static dev.sshtunnels.agent.Samples.plan;
import static dev.sshtunnels.agent.Samples.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.agent.login.Resolution;
import dev.sshtunnels.agent.metrics.AgentMetric;
import dev.sshtunnels.agent.metrics.AgentMetrics;
import dev.sshtunnels.agent.observation.AuditLog;
import dev.sshtunnels.agent.observation.Observation;
import dev.sshtunnels.agent.plan.Plan;
import dev.sshtunnels.agent.plan.PlanInForce;
import dev.sshtunnels.agent.retry.RetryPolicy;
import dev.sshtunnels.agent.status.ReportBoard;
import dev.sshtunnels.api.ProbeType;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.api.TunnelProbe;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.tunnel.Checks;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionSupervisorTest {

    private static final RetryPolicy QUICK = policy(Duration.ofMillis(5), Duration.ofMillis(20));
    private static final Forward WEB = forward("web", 8080);
    private static final Forward DB = forward("db", 5432);

    private final AtomicReference<Plan> plan = new AtomicReference<>(plan(DB));
    private final AtomicReference<Resolution> resolution =
            new AtomicReference<>(new Resolution.Ready(login("alice", key()), QUICK));
    private final ScriptedConnector connector = new ScriptedConnector();
    private final RecordingOpener opener = new RecordingOpener();
    private final EventLoop loop = new EventLoop("test-loop");
    private final TunnelGates gates = new TunnelGates(loop);
    private final ReportBoard board = new ReportBoard(PlanInForce.of(plan.get()), 1);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Observation observation =
            new Observation(board, new AgentMetrics(registry), new AuditLog(), Instant::now);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final SessionSupervisor supervisor = supervisor(now::get);
    private Thread thread;

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(Duration.ofSeconds(10));
        loop.close();
    }

    private void start(SessionSupervisor started) {
        thread = Thread.ofVirtual().start(started);
    }

    @Test
    void opensTheForwardsOnceTheSessionIsUp() {
        start(supervisor);

        awaitConnected();
        await().until(() -> opener.events.equals(List.of("open db")));
        assertThat(board.current().session().endpoint()).isEqualTo("bastion:22");
    }

    @Test
    void aChangeOfOneTunnelLeavesTheOtherAndTheSessionAlone() {
        start(supervisor);
        awaitConnected();

        change(plan(DB, WEB));
        await().until(() -> opener.events.contains("open web"));
        change(plan(DB));

        await().until(() -> opener.events.equals(List.of("open db", "open web", "close web RESET")));
        assertThat(connector.attempts).hasSize(1);
    }

    @Test
    void aMissingSecretMakesNoAttemptAndItsArrivalMakesOneAtOnce() {
        Resolution ready = resolution.get();
        resolution.set(new Resolution.Broken(new Finding(Reason.SecretNotFound, "Secret bastion-key is missing")));
        start(supervisor);
        awaitReason(Reason.SecretNotFound);
        assertThat(connector.attempts).isEmpty();

        resolution.set(ready);
        supervisor.changed();

        awaitConnected();
        assertThat(connector.attempts).hasSize(1);
    }

    @Test
    void aSecretThatGoesIsToldUntilItIsBackAndTheSessionStays() {
        start(supervisor);
        awaitConnected();
        Resolution ready = resolution.get();
        resolution.set(new Resolution.Broken(new Finding(Reason.SecretNotFound, "Secret bastion-key is missing")));
        supervisor.changed();

        await().until(() -> board.current().session().pendingReason() == Reason.SecretNotFound);
        assertThat(board.current().session().connected()).isTrue();
        assertThat(board.current().session().pendingMessage()).isEqualTo("Secret bastion-key is missing");

        resolution.set(ready);
        supervisor.changed();

        await().until(() -> board.current().session().pendingReason() == null);
        assertThat(connector.attempts).hasSize(1);
    }

    @Test
    void aRejectedLoginIsNotRepeatedBeforeItsTime() {
        resolution.set(ready("alice", key(), policy(Duration.ofSeconds(1), Duration.ofSeconds(60))));
        connector.outcome = login -> Reason.AuthenticationFailed;
        start(supervisor);
        awaitReason(Reason.AuthenticationFailed);

        change(plan(DB, WEB));
        awaitGeneration();

        assertThat(connector.attempts).hasSize(1);
        assertThat(board.current().session().message()).contains("next attempt within about 60 s");
    }

    @Test
    void aNewKeyEndsTheWaitAfterARejectedLogin() {
        resolution.set(ready("alice", key(), policy(Duration.ofSeconds(1), Duration.ofSeconds(60))));
        connector.outcome = login -> Reason.AuthenticationFailed;
        start(supervisor);
        awaitReason(Reason.AuthenticationFailed);

        connector.outcome = login -> Reason.Connected;
        resolution.set(ready("alice", key(), QUICK));
        supervisor.changed();

        awaitConnected();
    }

    @Test
    void triesForEverWhileTheServerRefuses() {
        connector.outcome = login -> connector.attempts.size() < 12 ? Reason.ConnectionRefused : Reason.Connected;
        start(supervisor(InstantSource.system()));

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
        start(supervisor(InstantSource.system()));

        awaitReason(Reason.ProtocolError);
        assertThat(board.current().session().message())
                .contains("IllegalStateException")
                .contains("report it with the agent's log");
        awaitConnected();
    }

    @Test
    void aLostSessionIsReplacedAndItsForwardsOpenedAgain() {
        start(supervisor(InstantSource.system()));
        awaitConnected();

        connector.connections.getFirst().lose(Reason.KeepAliveTimeout);

        await().until(() -> opener.events.equals(List.of("open db", "close db RESET", "open db")));
        assertThat(AgentMetric.RECONNECTS
                        .metric()
                        .counter(registry, "KeepAliveTimeout")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anotherUserGetsANewSessionBeforeTheOldOneEnds() {
        start(supervisor);
        awaitConnected();

        resolution.set(ready("bob", key(), QUICK));
        supervisor.changed();

        await().until(() -> opener.events.equals(List.of("open db", "close db KEEP", "open db")));
        await().until(() -> connector.connections.getFirst().closed.isDone());
        assertThat(connector.connections.get(1).closed).isNotDone();
    }

    @Test
    void aChangedLoginThatFailsLeavesTheRunningSessionInPlace() {
        start(supervisor);
        awaitConnected();

        connector.outcome = login -> Reason.AuthenticationFailed;
        resolution.set(ready("bob", key(), policy(Duration.ofSeconds(1), Duration.ofSeconds(60))));
        supervisor.changed();

        await().until(() -> board.current().session().pendingReason() == Reason.AuthenticationFailed);
        assertThat(board.current().session().connected()).isTrue();
        assertThat(opener.events).containsExactly("open db");
    }

    @Test
    void aRotatedKeyIsLeftToTheNextLogin() {
        start(supervisor);
        awaitConnected();
        KeyPair rotated = key();

        resolution.set(ready("alice", rotated, QUICK));
        change(plan(DB, WEB));
        await().until(() -> opener.events.contains("open web"));

        assertThat(connector.attempts).hasSize(1);
    }

    @Test
    void aTunnelThatWentWhileTheAgentConnectedIsNotOpenedAnyMore() {
        plan.set(plan(DB, WEB));
        connector.outcome = login -> {
            plan.set(plan(DB));
            return Reason.Connected;
        };
        start(supervisor);

        awaitConnected();
        change(plan(DB));
        awaitGeneration();

        assertThat(opener.events).containsExactly("open db");
    }

    @Test
    void aLoginThatFailedAndWasTakenBackDoesNotHastenTheNextOne() {
        Resolution good = ready("alice", key(), policy(Duration.ofHours(1), Duration.ofHours(1)));
        resolution.set(good);
        start(supervisor);
        awaitConnected();
        connector.outcome = login -> Reason.ConnectionRefused;
        resolution.set(ready("bob", key(), policy(Duration.ofHours(1), Duration.ofHours(1))));
        supervisor.changed();
        await().until(() -> connector.attempts.size() == 2);

        resolution.set(good);
        change(plan(DB));
        awaitGeneration();
        connector.connections.getFirst().lose(Reason.ConnectionReset);

        awaitReason(Reason.ConnectionReset);
        assertThat(connector.attempts).hasSize(2);
    }

    private void awaitGeneration() {
        await().until(() ->
                board.current().session().generation() == plan.get().server().generation());
    }

    private static Resolution ready(String user, KeyPair key, RetryPolicy policy) {
        return new Resolution.Ready(login(user, key), policy);
    }

    @Test
    void aChangedProbeIsPassedOnAndTheForwardStaysOpen() {
        Plan.Tunnel tunnel = plan.get().tunnels().getFirst();
        start(supervisor);
        await().until(() -> opener.events.equals(List.of("open db")));

        TunnelProbe redis = new TunnelProbe(ProbeType.Redis, null, null, null, null, null, null, null);
        change(new Plan(plan.get().server(), List.of(with(tunnel, redis))));
        await().until(() -> opener.events.equals(List.of("open db", "probe db Redis")));

        change(new Plan(plan.get().server(), List.of(with(tunnel, null))));
        await().until(() -> opener.events.equals(List.of("open db", "probe db Redis", "probe db None")));
    }

    private static Plan.Tunnel with(Plan.Tunnel tunnel, TunnelProbe probe) {
        return new Plan.Tunnel(
                tunnel.name(), tunnel.uid(), tunnel.generation(), tunnel.forwards(), tunnel.access(), Checks.of(probe));
    }

    private void change(Plan next) {
        Plan.Server server = next.server();
        long generation = plan.get().server().generation() + 1;
        plan.set(new Plan(new Plan.Server(server.name(), generation, server.spec(), server.source()), next.tunnels()));
        supervisor.changed();
    }

    private void awaitConnected() {
        await().until(() -> board.current().session().connected());
    }

    private void awaitReason(Reason reason) {
        await().until(() -> board.current().session().reason() == reason);
    }

    private SessionSupervisor supervisor(InstantSource clock) {
        return new SessionSupervisor(
                plan::get,
                server -> resolution.get(),
                connector,
                connection -> new SessionForwards(connection, opener, gates, observation),
                new SessionEnd(server -> Duration.ofSeconds(5), Duration.ZERO),
                observation,
                clock,
                new SplittableRandom(1));
    }
}
