package dev.sshtunnels.operator.status;

import static dev.sshtunnels.api.ConditionType.Accepted;
import static dev.sshtunnels.api.ConditionType.ForwardsReady;
import static dev.sshtunnels.api.ConditionType.ResolvedRefs;
import static dev.sshtunnels.api.ConditionType.TargetReachable;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.desired.TunnelServices;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.tunnel.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The checks of a tunnel, in the order in which their failures count. What belongs to the server is taken from it. */
final class TunnelDiagnosis {
    private final TunnelFacts facts;
    private final List<ForwardFacts> forwards;
    private final TargetDiagnosis target;

    TunnelDiagnosis(TunnelFacts facts, List<ForwardFacts> forwards) {
        this.facts = facts;
        this.forwards = forwards;
        this.target = new TargetDiagnosis(facts.tunnel().getSpec().probe(), forwards);
    }

    /**
     * What may fail in a tunnel that is ready: a target that refused its last connection may answer the next one unless a
     * probe knows better, and what a login needs, a session that stands does not.
     */
    Set<ConditionType> tolerated() {
        Set<ConditionType> tolerated = EnumSet.noneOf(ConditionType.class);
        if (!target.gatesReadiness()) {
            tolerated.add(TargetReachable);
        }
        if (missingForNextLogin().isPresent()) {
            tolerated.add(ResolvedRefs);
        }
        return tolerated;
    }

    List<Check> checks() {
        var checks = new ArrayList<Check>();
        checks.add(accepted());
        checks.add(resolvedRefs());
        facts.server().ifPresent(server -> {
            checks.add(ofServer(server, ConditionType.WorkloadAvailable));
            checks.add(ofServer(server, ConditionType.Connected));
        });
        checks.add(forwardsReady());
        checks.add(target.check());
        checks.add(exposed());
        return checks;
    }

    /** Why it works less than it should, if it does. */
    Optional<String> degraded(List<Check> checks) {
        return missingForNextLogin()
                .map(Check::message)
                .or(() -> checks.stream()
                        .filter(check -> check.type() == TargetReachable && check.is(Truth.False))
                        .map(Check::message)
                        .findFirst());
    }

    /** What its server misses, while that has a session and the tunnel itself misses nothing. */
    private Optional<Check> missingForNextLogin() {
        return facts.server()
                .filter(server -> ofServer(server, ConditionType.Connected).is(Truth.True))
                .map(server -> ofServer(server, ResolvedRefs))
                .filter(check -> check.is(Truth.False) && check.equals(resolvedRefs()));
    }

    private Check accepted() {
        return facts.rejected()
                .map(finding -> Check.failed(Accepted, finding.reason(), finding.message() + lastGood()))
                .orElseGet(() -> Check.passed(Accepted, Reason.Accepted, "the spec is valid"));
    }

    private String lastGood() {
        boolean older = facts.running() > 0
                && facts.running() != facts.tunnel().getMetadata().getGeneration();
        return older ? ". The last accepted version (generation " + facts.running() + ") keeps running" : "";
    }

    private Check resolvedRefs() {
        if (facts.server().isEmpty()) {
            return Check.failed(ResolvedRefs, Reason.ServerNotFound, serverMissing());
        }
        SshServer server = facts.server().get();
        Optional<Condition> rejected = observed(server, Accepted).filter(condition -> !Conditions.isTrue(condition));
        if (rejected.isPresent() && !isCarried()) {
            return Check.failed(
                    ResolvedRefs,
                    Reason.ServerNotAccepted,
                    "SshServer " + server.getMetadata().getName() + " is not accepted: "
                            + rejected.get().getMessage());
        }
        if (!facts.unresolved().isEmpty()) {
            String all = facts.unresolved().stream().map(Finding::message).collect(Collectors.joining("; "));
            return Check.failed(ResolvedRefs, facts.unresolved().getFirst().reason(), all);
        }
        Check ofServer = ofServer(server, ResolvedRefs);
        return ofServer.is(Truth.False) ? ofServer : unusable().orElse(ofServer);
    }

    /** Whether agents have the tunnel as it is to be; taken for granted while none of them has spoken. */
    private boolean isCarried() {
        List<Agent> agents = facts.agents();
        boolean silent = agents.stream().allMatch(agent -> agent.report().isEmpty());
        return facts.running() > 0
                && !agents.isEmpty()
                && (silent
                        || agents.stream().anyMatch(agent -> facts.saidBy(agent).isPresent()));
    }

    /** What an agent could not find or read for a forward. */
    private Optional<Check> unusable() {
        return forwards.stream()
                .filter(forward -> !forward.ready())
                .map(ForwardFacts::failure)
                .filter(failure -> Severity.isReference(failure.reason()))
                .findFirst()
                .map(failure -> Check.failed(ResolvedRefs, failure));
    }

    private String serverMissing() {
        String name = facts.tunnel().serverName();
        return facts.tunnel().bringsServer()
                ? "SshServer " + name + " of this tunnel has not been made yet"
                : "serverRef names SshServer " + name + ", which is not in namespace "
                        + facts.tunnel().getMetadata().getNamespace() + "; create it or correct the name";
    }

    private static Check ofServer(SshServer server, ConditionType type) {
        return observed(server, type)
                .map(condition -> new Check(
                        type,
                        Truth.valueOf(condition.getStatus()),
                        Reason.valueOf(condition.getReason()),
                        condition.getMessage()))
                .orElseGet(() -> Check.unknown(
                        type,
                        Reason.Progressing,
                        "SshServer " + server.getMetadata().getName() + " has no status of its present version yet"));
    }

    private static Optional<Condition> observed(SshServer server, ConditionType type) {
        return Optional.ofNullable(server.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), type))
                .filter(condition -> server.getMetadata().getGeneration().equals(condition.getObservedGeneration()));
    }

    private Check forwardsReady() {
        if (facts.tunnel().suspended()) {
            return Check.failed(ForwardsReady, Reason.Suspended, "spec.suspend is true; set it to false to go on");
        }
        List<Finding> failures = forwards.stream()
                .filter(forward -> !forward.ready())
                .map(ForwardFacts::failure)
                .toList();
        if (failures.isEmpty()) {
            return Check.passed(
                    ForwardsReady, Reason.AllForwardsReady, "ready: " + forwards.size() + " of " + forwards.size());
        }
        if (failures.stream().allMatch(failure -> failure.reason() == Reason.Establishing)) {
            return Check.unknown(ForwardsReady, Reason.Establishing, first(failures));
        }
        Reason reason = failures.size() == forwards.size() ? failures.getFirst().reason() : Reason.PartiallyEstablished;
        return Check.failed(ForwardsReady, reason, first(failures), failures);
    }

    private static String first(List<Finding> failures) {
        String more = failures.size() == 1 ? "" : " (and " + (failures.size() - 1) + " more)";
        return failures.getFirst().message() + more;
    }

    private Check exposed() {
        return ExposedCheck.of(
                TunnelServices.published(facts.tunnel()).stream()
                        .map(TunnelServices.Published::service)
                        .collect(Collectors.toCollection(TreeSet::new)),
                facts.reachableServices(),
                facts.settled(),
                facts.servicesRefused(),
                forwards.stream()
                        .flatMap(forward -> forward.exposure().stream())
                        .toList());
    }
}
