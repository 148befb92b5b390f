package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which reasons have been told of the conditions that are not true, in memory. Causes take turns while an attempt
 * follows the other, and each turn is a transition that says nothing new.
 */
final class RecentlyTold {

    /** Time for which a reason that was told is not told again. */
    static final Duration TIME = Duration.ofMinutes(10);

    private final Map<Key, Instant> told = new ConcurrentHashMap<>();

    private record Key(String uid, String type, String reason) {}

    /** Whether this is to be told, which then counts as done. Once it is true, what fails later is another failure. */
    boolean isNews(String uid, Condition condition, Instant now) {
        // A clock that was set back must not keep anything for longer.
        told.values().removeIf(at -> !now.isBefore(at.plus(TIME)) || now.isBefore(at));
        if (Conditions.isTrue(condition)) {
            told.keySet().removeIf(key -> key.uid().equals(uid) && key.type().equals(condition.getType()));
            return true;
        }
        return told.putIfAbsent(new Key(uid, condition.getType(), condition.getReason()), now) == null;
    }
}
