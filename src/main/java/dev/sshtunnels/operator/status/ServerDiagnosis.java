package dev.sshtunnels.operator.status;

import static dev.sshtunnels.api.ConditionType.Accepted;
import static dev.sshtunnels.api.ConditionType.Connected;
import static dev.sshtunnels.api.ConditionType.ResolvedRefs;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.report.SessionReport;
import java.util.List;
import java.util.Optional;

/** The checks of a server, in the order in which their failures count. */
final class ServerDiagnosis {
    private final ServerFacts facts;
    private final List<SessionReport> sessions;

    ServerDiagnosis(ServerFacts facts) {
        this.facts = facts;
        this.sessions = facts.agents().stream()
                .flatMap(agent -> agent.report().stream())
                .map(report -> report.session())
                .filter(this::counts)
                .toList();
    }

    List<Check> checks() {
        return List.of(accepted(), resolvedRefs(), workloadAvailable(), connected());
    }

    /** The session to describe: a connected one if there is any. */
    Optional<SessionReport> session() {
        return sessions.stream()
                .filter(SessionReport::connected)
                .findFirst()
                .or(() -> sessions.stream().findFirst());
    }

    /** Why it works less than it should, if it does. */
    Optional<String> degraded() {
        long connected = sessions.stream().filter(SessionReport::connected).count();
        return connected == 0 || connected >= facts.replicas()
                ? Optional.empty()
                : Optional.of(connected + " of " + facts.replicas() + " agents are connected");
    }

    private Check accepted() {
        return facts.rejected()
                .map(finding -> Check.failed(
                        Accepted,
                        finding.reason(),
                        finding.message() + (facts.runs() ? ". The last accepted version keeps running" : "")))
                .orElseGet(() -> Check.passed(Accepted, Reason.Accepted, "the spec is valid"));
    }

    private Check resolvedRefs() {
        Optional<SessionReport> session = session();
        if (session.isEmpty()) {
            return Check.unknown(ResolvedRefs, Reason.Progressing, "no agent has read this version yet");
        }
        return session.filter(said -> Severity.isReference(said.reason()))
                .map(said -> Check.failed(ResolvedRefs, said.reason(), said.message()))
                .orElseGet(() -> Check.passed(
                        ResolvedRefs, Reason.ResolvedRefs, "everything that the spec names is there and usable"));
    }

    private Check workloadAvailable() {
        return new WorkloadCheck(facts, session().isPresent()).check();
    }

    private Check connected() {
        Optional<SessionReport> session = session();
        if (session.isEmpty()) {
            return Check.unknown(Connected, Reason.Connecting, "no agent has reported about this version yet");
        }
        SessionReport said = session.get();
        return said.connected()
                ? Check.passed(Connected, Reason.Connected, "connected to " + said.endpoint())
                : Check.failed(Connected, said.reason(), said.message());
    }

    /** While an edit is rejected the agents have an older version; what they say is about that one. */
    private boolean counts(SessionReport session) {
        return facts.rejected().isPresent()
                || session.generation() == facts.server().getMetadata().getGeneration();
    }
}
