package dev.sshtunnels.forward.watch;

import dev.sshtunnels.loop.EventLoop;
import java.time.Duration;

/** The time as it passes for an event loop, and what is to be done later on it. */
interface LoopTime {

    /** As of {@link System#nanoTime}. */
    long nanos();

    /**
     * Runs a task once after a delay.
     *
     * @return forgets the task if it has not run yet
     */
    Runnable after(Duration delay, Runnable task);

    static LoopTime of(EventLoop loop) {
        return new LoopTime() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public Runnable after(Duration delay, Runnable task) {
                return loop.schedule(delay, task)::cancel;
            }
        };
    }
}
