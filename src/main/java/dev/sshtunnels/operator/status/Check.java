package dev.sshtunnels.operator.status;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.Finding;
import java.util.List;

/**
 * The answer to one question about an object.
 *
 * @param message what failed, where, how to mend it; what was found when all is well
 * @param needsAPerson whether a failure stays until somebody does something about it
 */
record Check(ConditionType type, Truth truth, Reason reason, String message, boolean needsAPerson) {

    Check(ConditionType type, Truth truth, Reason reason, String message) {
        this(type, truth, reason, message, Severity.needsAPerson(reason));
    }

    static Check passed(ConditionType type, Reason reason, String message) {
        return new Check(type, Truth.True, reason, message);
    }

    static Check failed(ConditionType type, Reason reason, String message) {
        return new Check(type, Truth.False, reason, message);
    }

    static Check failed(ConditionType type, Finding finding) {
        return failed(type, finding.reason(), finding.message());
    }

    /** Several failures in one: what mends itself may still make it better. */
    static Check failed(ConditionType type, Reason reason, String message, List<Finding> failures) {
        boolean needsAPerson = failures.stream().allMatch(failure -> Severity.needsAPerson(failure.reason()));
        return new Check(type, Truth.False, reason, message, needsAPerson);
    }

    static Check unknown(ConditionType type, Reason reason, String message) {
        return new Check(type, Truth.Unknown, reason, message);
    }

    /** The failure of {@code other} that follows from this answer. */
    Check fails(ConditionType other) {
        return new Check(other, Truth.False, reason, message, needsAPerson);
    }

    boolean is(Truth expected) {
        return truth == expected;
    }
}
