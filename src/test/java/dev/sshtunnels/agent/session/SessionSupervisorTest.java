package dev.sshtunnels.agent.session;

import static dev.sshtunnels.agent.Samples.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.agent.login.Resolution;
import dev.sshtunnels.agent.metrics.AgentMetric;
import dev.sshtunnels.agent.plan.Plan;
import dev.sshtunnels.api.ProbeType;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.api.TunnelProbe;
import dev.sshtunnels.tunnel.Checks;
import dev.sshtunnels.tunnel.Finding;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session and its forwards while the documents and the Secrets change, and the session ends. */
class SessionSupervisorTest extends SupervisorScenario {

    @Test
    void opensTheForwardsOnceTheSessionIsUp() {
        start();

        awaitConnected();
        await().until(() -> opener.events.equals(List.of("open db")));
        assertThat(board.current().session().endpoint()).isEqualTo("bastion:22");
    }

    @Test
    void aChangeOfOneTunnelLeavesTheOtherAndTheSessionAlone() {
        start();
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
        start();
        awaitReason(Reason.SecretNotFound);
        assertThat(connector.attempts).isEmpty();

        change(ready);

        awaitConnected();
        assertThat(connector.attempts).hasSize(1);
    }

    @Test
    void aSecretThatGoesIsToldUntilItIsBackAndTheSessionStays() {
        start();
        awaitConnected();
        Resolution ready = resolution.get();
        change(new Resolution.Broken(new Finding(Reason.SecretNotFound, "Secret bastion-key is missing")));

        await().until(() -> board.current().session().pendingReason() == Reason.SecretNotFound);
        assertThat(board.current().session().connected()).isTrue();
        assertThat(board.current().session().pendingMessage()).isEqualTo("Secret bastion-key is missing");

        change(ready);

        await().until(() -> board.current().session().pendingReason() == null);
        assertThat(connector.attempts).hasSize(1);
    }

    @Test
    void aLostSessionIsReplacedAndItsForwardsOpenedAgain() {
        start(InstantSource.system());
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
    void aTunnelThatWentWhileTheAgentConnectedIsNotOpenedAnyMore() {
        plan.set(plan(DB, WEB));
        connector.outcome = login -> {
            plan.set(plan(DB));
            return Reason.Connected;
        };
        start();

        awaitConnected();
        change(plan(DB));
        awaitGeneration();

        assertThat(opener.events).containsExactly("open db");
    }

    @Test
    void aChangedProbeIsPassedOnAndTheForwardStaysOpen() {
        Plan.Tunnel tunnel = plan.get().tunnels().getFirst();
        start();
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
}
