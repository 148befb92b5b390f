package dev.sshtunnels.agent.session;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Number of connections that one session carries. Thread-safe. */
public final class OpenConnections {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
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

    int count() {
        lock.lock();
        try {
            return count;
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

    /** Waits until the last one has ended; the number of those that had not within the time. */
    int awaitNone(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (count > 0 && left > 0) {
                left = none.awaitNanos(left);
            }
            return count;
        } finally {
            lock.unlock();
        }
    }
}
