package dev.sshtunnels.agent.session;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Number of connections that one session carries. Thread-safe. */
public final class OpenConnections {

    private static final Duration FOR_AGES = Duration.ofDays(36_500);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private long end = System.nanoTime() + FOR_AGES.toNanos();
    private int count;
    private volatile boolean givenUp;

    public void opened() {
        add(1);
    }

    public void closed() {
        add(-1);
    }

    private void add(int change) {
        lock.lock();
        try {
            count += change;
            if (count == 0) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** They have had their time: what ends from now on is cut. */
    void giveUp() {
        givenUp = true;
    }

    public boolean areGivenUp() {
        return givenUp;
    }

    /** They have no more than so long from now on; what they were given before holds where it is less. */
    void endWithin(Duration atMost) {
        lock.lock();
        try {
            long sooner = System.nanoTime() + atMost.toNanos();
            if (sooner - end < 0) {
                end = sooner;
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the last one has ended or their time is over; the number of those that are left. */
    int awaitNone() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (long left = timeLeft(); count > 0 && left > 0; left = timeLeft()) {
                none.awaitNanos(left);
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    private long timeLeft() {
        return end - System.nanoTime();
    }
}
