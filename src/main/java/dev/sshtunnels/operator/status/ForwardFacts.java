package dev.sshtunnels.operator.status;

import dev.sshtunnels.api.ForwardSpec;
import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.desired.EffectiveForwards;
import dev.sshtunnels.report.ForwardReport;
import dev.sshtunnels.tunnel.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What the agents say of one forward, taken together.
 *
 * @param hindrance what keeps agents from documents that they have not taken up yet, if that is known
 */
record ForwardFacts(ForwardSpec spec, List<Optional<ForwardReport>> reports, Optional<String> hindrance) {

    /**
     * The forwards of a tunnel. Agents that clients are sent to count; while there are none, all of them do.
     */
    static List<ForwardFacts> of(TunnelFacts facts) {
        boolean anyReady = facts.agents().stream().anyMatch(Agent::ready);
        List<Agent> agents = facts.agents().stream()
                .filter(agent -> agent.ready() || !anyReady)
                .toList();
        Optional<String> hindrance = facts.server().flatMap(server -> RefusedDocuments.by(agents, server));
        return EffectiveForwards.of(facts.tunnel().getSpec()).stream()
                .map(spec -> new ForwardFacts(
                        spec,
                        agents.stream()
                                .map(agent -> said(agent, facts, spec.name()))
                                .toList(),
                        hindrance))
                .toList();
    }

    /**
     * What an agent says of a forward. A Secret that its pod does not mount yet is none that is missing: the next pod,
     * which mounts it, is on its way.
     */
    private static Optional<ForwardReport> said(Agent agent, TunnelFacts facts, String name) {
        boolean mounted = agent.secrets().containsAll(facts.tunnel().secrets());
        return facts.saidBy(agent).stream()
                .flatMap(tunnel -> tunnel.forwards().stream())
                .filter(forward -> name.equals(forward.name()))
                .filter(forward -> mounted || !Severity.isReference(forward.reason()))
                .findFirst();
    }

    /** L and D must listen wherever a client may be sent; an R port is held by one agent, the others stand by. */
    boolean ready() {
        if (spec.mode() == Mode.R) {
            return reports.stream().anyMatch(ForwardFacts::isReady);
        }
        return !reports.isEmpty() && reports.stream().allMatch(ForwardFacts::isReady);
    }

    /** The report to show: one that is ready where one suffices, else the first that is not. */
    Optional<ForwardReport> shown() {
        List<ForwardReport> said = reports.stream().flatMap(Optional::stream).toList();
        boolean ready = ready();
        return said.stream()
                .filter(report -> report.ready() == ready)
                .findFirst()
                .or(() -> said.stream().findFirst());
    }

    /** Why it is not ready. */
    Finding failure() {
        return shown().filter(report -> !report.ready())
                .map(report -> new Finding(report.reason(), "forward " + spec.name() + ": " + report.message()))
                .orElseGet(() -> new Finding(
                        Reason.Establishing,
                        "forward " + spec.name() + ": the agents have not taken it up yet"
                                + hindrance.map(why -> "; " + why).orElse("")));
    }

    /** What became of the last connections to its target. */
    List<Finding> targetFindings() {
        return reports.stream()
                .flatMap(Optional::stream)
                .filter(report -> report.targetReason() != null)
                .map(report ->
                        new Finding(report.targetReason(), "forward " + spec.name() + ": " + report.targetMessage()))
                .toList();
    }

    /** Whether the clients of an R listener reach it, as the agent that has it found out; empty for L and D. */
    Optional<Finding> exposure() {
        if (spec.mode() != Mode.R) {
            return Optional.empty();
        }
        Finding found = shown().filter(report -> report.ready() && report.exposedReason() != null)
                .map(report -> new Finding(report.exposedReason(), report.exposedMessage()))
                .orElseGet(() -> new Finding(Reason.NotVerified, "the server does not listen yet"));
        return Optional.of(new Finding(found.reason(), "forward " + spec.name() + ": " + found.message()));
    }

    private static boolean isReady(Optional<ForwardReport> report) {
        return report.map(ForwardReport::ready).orElse(false);
    }
}
