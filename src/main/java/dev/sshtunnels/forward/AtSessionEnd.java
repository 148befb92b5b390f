package dev.sshtunnels.forward;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be done when a session ends. A session may last for months, so it must not remember forwards that are long
 * gone: what is no longer to be done is forgotten. Thread-safe.
 */
final class AtSessionEnd {

    private final Set<Runnable> actions = new LinkedHashSet<>();
    private boolean over;

    /** Runs an action when the session ends, or now when it has ended. */
    void add(Runnable action) {
        synchronized (this) {
            if (!over) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    synchronized void remove(Runnable action) {
        actions.remove(action);
    }

    /** The session has ended. */
    void happened() {
        List<Runnable> all;
        synchronized (this) {
            over = true;
            all = List.copyOf(actions);
            actions.clear();
        }
        all.forEach(Runnable::run);
    }
}
