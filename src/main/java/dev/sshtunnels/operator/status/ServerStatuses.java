package dev.sshtunnels.operator.status;

import dev.sshtunnels.operator.kinds.SshServerStatus;
import dev.sshtunnels.report.SessionReport;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Status of a server from the facts about it. */
public final class ServerStatuses {

    private ServerStatuses() {}

    /** @param now transition time of conditions that change */
    public static SshServerStatus of(ServerFacts facts, Instant now) {
        var diagnosis = new ServerDiagnosis(facts);
        List<Check> checks = diagnosis.checks();
        Check ready = Readiness.of(checks, diagnosis.tolerated(), diagnosis.degraded(), "the session is up");
        long generation = facts.server().getMetadata().getGeneration();
        SshServerStatus before = facts.server().getStatus();
        List<Condition> conditions =
                new Conditions(before == null ? List.of() : before.conditions(), generation, now).of(checks, ready);
        Optional<SessionReport> session = diagnosis.session();
        int readyAgents = (int) facts.agents().stream().filter(Agent::ready).count();
        return new SshServerStatus(
                generation,
                session.map(SessionReport::endpoint).orElse(null),
                session.map(SessionReport::serverVersion).orElse(null),
                session.map(SessionReport::hostKeyFingerprint).orElse(null),
                session.map(SessionReport::kex).orElse(null),
                session.map(SessionReport::cipher).orElse(null),
                facts.replicas(),
                Math.min(readyAgents, facts.replicas()),
                facts.tunnels(),
                conditions);
    }
}
