package dev.sshtunnels.operator.status;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.Finding;

/**
 * The answer to one question about an object.
 *
 * @param message what failed, where, how to mend it; what was found when all is well
 */
record Check(ConditionType type, Truth truth, Reason reason, String message) {

    static Check passed(ConditionType type, Reason reason, String message) {
        return new Check(type, Truth.True, reason, message);
    }

    static Check failed(ConditionType type, Reason reason, String message) {
        return new Check(type, Truth.False, reason, message);
    }

    static Check failed(ConditionType type, Finding finding) {
        return failed(type, finding.reason(), finding.message());
    }

    static Check unknown(ConditionType type, Reason reason, String message) {
        return new Check(type, Truth.Unknown, reason, message);
    }

    boolean is(Truth expected) {
        return truth == expected;
    }
}
