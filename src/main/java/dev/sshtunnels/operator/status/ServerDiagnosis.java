package dev.sshtunnels.operator.status;

import static dev.sshtunnels.api.ConditionType.Accepted;
import static dev.sshtunnels.api.ConditionType.Connected;
import static dev.sshtunnels.api.ConditionType.ResolvedRefs;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.desired.AgentDeployment;
import dev.sshtunnels.operator.desired.Labels;
import dev.sshtunnels.report.SessionReport;
import dev.sshtunnels.tunnel.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** Failures that are told and keep nobody from working: what a login needs, a session that stands does not. */
    Set<ConditionType> tolerated() {
        return connectedSessions() > 0 ? Set.of(ResolvedRefs) : Set.of();
    }

    /** Why it works less than it should, if it does. */
    Optional<String> degraded() {
        return refusal().or(this::reduced);
    }

    private Optional<String> reduced() {
        long connected = connectedSessions();
        return connected == 0 || connected >= facts.replicas()
                ? pending().map(finding -> "the session goes on with its former login: " + finding.message())
                : Optional.of(connected + " of " + facts.replicas() + " agents are connected");
    }

    private long connectedSessions() {
        return sessions.stream().filter(SessionReport::connected).count();
    }

    /** What keeps an agent that has a session from logging in as the spec says now. */
    private Optional<Finding> pending() {
        return sessions.stream()
                .filter(SessionReport::connected)
                .flatMap(said -> obstacle(said).stream())
                .findFirst();
    }

    /** What an agent misses of that which the spec names. */
    private Optional<Finding> missing() {
        return sessions.stream()
                .flatMap(said -> obstacle(said).stream())
                .filter(finding -> Severity.isReference(finding.reason()))
                .findFirst();
    }

    /** What keeps an agent from a session with the login that the spec asks for. */
    private static Optional<Finding> obstacle(SessionReport said) {
        if (!said.connected()) {
            return Optional.of(new Finding(said.reason(), said.message()));
        }
        return Optional.ofNullable(said.pendingReason()).map(reason -> new Finding(reason, said.pendingMessage()));
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
        if (sessions.isEmpty()) {
            return Check.unknown(
                    ResolvedRefs, Reason.Progressing, hindrance().orElse("no agent has read this version yet"));
        }
        return missing()
                .map(finding -> Check.failed(ResolvedRefs, finding))
                .orElseGet(() -> Check.passed(
                        ResolvedRefs, Reason.ResolvedRefs, "everything that the spec names is there and usable"));
    }

    private Check workloadAvailable() {
        return new WorkloadCheck(facts, session().isPresent()).check();
    }

    private Check connected() {
        Optional<SessionReport> session = session();
        if (session.isEmpty()) {
            return Check.unknown(
                    Connected, Reason.Connecting, hindrance().orElse("no agent has reported about this version yet"));
        }
        SessionReport said = session.get();
        return said.connected()
                ? Check.passed(
                        Connected,
                        Reason.Connected,
                        "connected to " + said.endpoint()
                                + refusal().map(why -> "; " + why).orElse(""))
                : Check.failed(Connected, said.reason(), said.message());
    }

    /** Why no agent speaks of the present version, if that is known. */
    private Optional<String> hindrance() {
        return refusal().or(this::silence);
    }

    /** A newer version of the documents does not reach an agent. */
    private Optional<String> refusal() {
        return RefusedDocuments.by(facts.agents(), facts.server());
    }

    /** Which agent runs and does not answer, and what to do about it; the first of them speaks for all. */
    private Optional<String> silence() {
        return facts.agents().stream()
                .filter(Agent::running)
                .flatMap(agent -> agent.silence().stream()
                        .map(silence -> "pod " + agent.pod()
                                + " runs, but does not answer the operator at " + silence.address() + ": "
                                + silence.error()
                                + ". Let the operator's namespace reach TCP port " + AgentDeployment.MANAGEMENT_PORT
                                + " of pods with the label " + Labels.SERVER + "="
                                + facts.server().getMetadata().getName() + " (docs/troubleshooting.md)"))
                .findFirst();
    }

    /** While an edit is rejected the agents have an older version; what they say is about that one. */
    private boolean counts(SessionReport session) {
        return facts.rejected().isPresent()
                || session.generation() == facts.server().getMetadata().getGeneration();
    }
}
