package dev.sshtunnels.loop;

/** A task that is due at some time; event loop only. */
public final class Timer implements Comparable<Timer> {

    private final long dueNanos;
    /** Null when it was cancelled: the timer may stay in the queue until it would have been due. */
    private Runnable task;

    Timer(long dueNanos, Runnable task) {
        this.dueNanos = dueNanos;
        this.task = task;
    }

    /** Forgets the task if it has not run yet. */
    public void cancel() {
        task = null;
    }

    boolean cancelled() {
        return task == null;
    }

    long nanosLeft(long nowNanos) {
        return dueNanos - nowNanos;
    }

    void run() {
        if (task != null) {
            task.run();
        }
    }

    @Override
    public int compareTo(Timer other) {
        return Long.signum(dueNanos - other.dueNanos);
    }
}
