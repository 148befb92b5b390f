package dev.sshtunnels.loop;

/** A task that is due at some time; event loop only. */
public final class Timer implements Comparable<Timer> {

    private final long dueNanos;
    private final Runnable task;
    private boolean cancelled;

    Timer(long dueNanos, Runnable task) {
        this.dueNanos = dueNanos;
        this.task = task;
    }

    /** Forgets the task if it has not run yet. */
    public void cancel() {
        cancelled = true;
    }

    boolean cancelled() {
        return cancelled;
    }

    long nanosLeft(long nowNanos) {
        return dueNanos - nowNanos;
    }

    void run() {
        if (!cancelled) {
            task.run();
        }
    }

    @Override
    public int compareTo(Timer other) {
        return Long.signum(dueNanos - other.dueNanos);
    }
}
