package dev.sshtunnels.operator.status;

import static dev.sshtunnels.api.ConditionType.Exposed;
import static dev.sshtunnels.api.ConditionType.Ready;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.api.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The summary of all checks: Ready is the first failure in their order, or else true. */
final class Readiness {

    private Readiness() {}

    /**
     * @param tolerated what may fail in something that is ready
     * @param degraded why something that is ready works less than it should
     */
    static Check of(List<Check> checks, Set<ConditionType> tolerated, Optional<String> degraded, String readyMessage) {
        List<Check> blocking = checks.stream()
                .sorted(Comparator.comparing(Check::type))
                .filter(check -> blocks(check, tolerated))
                .toList();
        return blocking.stream()
                .filter(Readiness::explains)
                .findFirst()
                .or(() -> blocking.stream().findFirst())
                .map(check -> check.fails(Ready))
                .orElseGet(() -> degraded.map(why -> Check.passed(Ready, Reason.Degraded, why))
                        .orElseGet(() -> Check.passed(Ready, Reason.Ready, readyMessage)));
    }

    /** Whether an R listener is reachable from outside may never be known: that keeps no tunnel from being ready. */
    private static boolean blocks(Check check, Set<ConditionType> tolerated) {
        if (tolerated.contains(check.type())) {
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
