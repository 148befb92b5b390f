package dev.sshtunnels.bench.rig;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, looking every 2 ms: more often would take the processor from what is waited for. */
public final class Poll {

    private static final Duration PAUSE = Duration.ofMillis(2);

    private Poll() {}

    /** Something that becomes true. */
    public interface Condition {
        boolean holds() throws IOException;
    }

    /** Returns as soon as the condition holds, and throws what {@code otherwise} makes when it never does. */
    public static void until(Duration patience, Condition condition, Supplier<BrokenException> otherwise) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (!condition.holds()) {
                if (System.nanoTime() > end) {
                    throw otherwise.get();
                }
                pause(PAUSE);
            }
        } catch (IOException e) {
            BrokenException broken = otherwise.get();
            broken.addSuppressed(e);
            throw broken;
        }
    }

    /** Waits so long, or until the thread is interrupted. */
    public static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
