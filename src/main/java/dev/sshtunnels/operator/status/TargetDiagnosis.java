package dev.sshtunnels.operator.status;

import static dev.sshtunnels.api.ConditionType.TargetReachable;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.api.TunnelProbe;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.TargetProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the targets answer: by the last connections of clients, or with a probe by that alone. A SOCKS proxy has as many
 * targets as its clients like; beside a probe they do not count.
 */
final class TargetDiagnosis {
    private final TunnelProbe probe;
    private final List<ForwardFacts> forwards;

    TargetDiagnosis(TunnelProbe probe, List<ForwardFacts> forwards) {
        this.probe = probe;
        this.forwards = forwards;
    }

    /** Whether the tunnel is ready only while the targets answer. */
    boolean gatesReadiness() {
        return TargetProbe.gatesReadiness(probe);
    }

    Check check() {
        return TargetProbe.of(probe).isPresent() ? byProbe() : byClients();
    }

    private Check byClients() {
        List<Finding> findings = forwards.stream()
                .flatMap(forward -> forward.targetFindings().stream())
                .toList();
        return failure(findings)
                .orElseGet(() -> findings.stream().anyMatch(finding -> finding.reason() == Reason.TargetConnected)
                        ? Check.passed(
                                TargetReachable, Reason.TargetConnected, "the last connection reached its target")
                        : Check.unknown(
                                TargetReachable,
                                Reason.TargetNotTried,
                                "no connection has been made through the tunnel yet"));
    }

    private Check byProbe() {
        var successes = new ArrayList<Finding>();
        List<ForwardFacts> probed = probed();
        for (ForwardFacts forward : probed) {
            List<Finding> findings = forward.targetFindings();
            Optional<Check> failure = failure(findings);
            if (failure.isPresent()) {
                return failure.get();
            }
            findings.stream()
                    .filter(finding -> finding.reason() == Reason.ProbeSucceeded)
                    .findFirst()
                    .ifPresent(successes::add);
        }
        if (successes.size() < probed.size() || successes.isEmpty()) {
            return Check.unknown(
                    TargetReachable,
                    Reason.TargetNotTried,
                    "answered probes: " + successes.size() + " of " + probed.size() + ", the others wait for theirs");
        }
        String more = successes.size() == 1 ? "" : " (and " + (successes.size() - 1) + " more)";
        return Check.passed(
                TargetReachable, Reason.ProbeSucceeded, successes.getFirst().message() + more);
    }

    private static Optional<Check> failure(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> Severity.isTargetFailure(finding.reason()))
                .findFirst()
                .map(finding -> Check.failed(TargetReachable, finding));
    }

    private List<ForwardFacts> probed() {
        return forwards.stream()
                .filter(forward -> forward.spec().mode() != Mode.D)
                .filter(forward -> forward.spec().target().socks() == null)
                .toList();
    }
}
