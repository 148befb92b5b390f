package dev.sshtunnels.operator.status;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.api.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The conditions of an object as the API has them. A condition that says the same as before keeps its transition time,
 * so that an unchanged diagnosis is an unchanged status.
 */
public final class Conditions {
    /** kstatus: being worked on, wait. */
    private static final String RECONCILING = "Reconciling";
    /** kstatus: will not go on by itself. */
    private static final String STALLED = "Stalled";

    private final List<Condition> before;
    private final long generation;
    private final Instant now;

    Conditions(List<Condition> before, long generation, Instant now) {
        this.before = before;
        this.generation = generation;
        this.now = now;
    }

    public static Optional<Condition> find(List<Condition> conditions, ConditionType type) {
        return find(conditions, type.name());
    }

    public static boolean isTrue(Condition condition) {
        return Truth.True.name().equals(condition.getStatus());
    }

    /** @param ready the summary of the checks */
    List<Condition> of(List<Check> checks, Check ready) {
        var conditions = new ArrayList<Condition>();
        checks.forEach(check -> conditions.add(of(check)));
        conditions.add(of(ready));
        if (ready.is(Truth.False) && ready.reason() != Reason.Suspended) {
            String type = ready.needsAPerson() ? STALLED : RECONCILING;
            conditions.add(of(type, Truth.True, ready.reason(), ready.message()));
        }
        return conditions;
    }

    private Condition of(Check check) {
        return of(check.type().name(), check.truth(), check.reason(), check.message());
    }

    private Condition of(String type, Truth truth, Reason reason, String message) {
        String since = find(before, type)
                .filter(old -> truth.name().equals(old.getStatus()))
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
        return new ConditionBuilder()
                .withType(type)
                .withStatus(truth.name())
                .withReason(reason.name())
                .withMessage(message == null ? "" : message)
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build();
    }

    private static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }
}
