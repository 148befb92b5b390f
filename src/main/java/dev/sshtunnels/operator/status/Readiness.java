package dev.sshtunnels.operator.status;

import static dev.sshtunnels.api.ConditionType.Exposed;
import static dev.sshtunnels.api.ConditionType.Ready;
import static dev.sshtunnels.api.ConditionType.TargetReachable;

import dev.sshtunnels.api.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The summary of all checks: Ready is the first failure in their order, or else true. */
final class Readiness {

    private Readiness() {}

    /** @param degraded why something that is ready works less than it should */
    static Check of(List<Check> checks, Optional<String> degraded, String readyMessage) {
        return of(checks, false, degraded, readyMessage);
    }

    /** @param targetGates whether it is ready only while its target answers */
    static Check of(List<Check> checks, boolean targetGates, Optional<String> degraded, String readyMessage) {
        List<Check> blocking = checks.stream()
                .sorted(Comparator.comparing(Check::type))
                .filter(check -> blocks(check, targetGates))
                .toList();
        return blocking.stream()
                .filter(Readiness::explains)
                .findFirst()
                .or(() -> blocking.stream().findFirst())
                .map(check -> Check.failed(Ready, check.reason(), check.message()))
                .orElseGet(() -> degraded.map(why -> Check.passed(Ready, Reason.Degraded, why))
                        .orElseGet(() -> Check.passed(Ready, Reason.Ready, readyMessage)));
    }

    /**
     * A target that refused its last connection may answer the next one unless a probe knows better, and whether an R listener is reachable from
     * outside is not known yet: neither keeps a tunnel from being ready.
     */
    private static boolean blocks(Check check, boolean targetGates) {
        if (check.type() == TargetReachable && !targetGates) {
            return false;
        }
        return check.is(Truth.False) || check.is(Truth.Unknown) && check.type() != Exposed;
    }

    /**
     * What has failed says more than what is not known yet: no agent has reported because its image is missing. That
     * nobody is reachable yet explains nothing.
     */
    private static boolean explains(Check check) {
        return check.is(Truth.False) && check.type() != Exposed;
    }
}
