package dev.sshtunnels.forward.watch;

import java.time.Duration;

/**
 * How often something may be done: a few times at once, and then as tokens come back. It begins full. Times are those of
 * {@link System#nanoTime}, told by the caller.
 */
final class TokenBucket {

    private final int size;
    private final long refillNanos;
    /** When all tokens will be back, or some time in the past. */
    private long fullAt;

    /**
     * @param size number of tokens of a full bucket
     * @param refill the time in which one token comes back
     */
    TokenBucket(int size, Duration refill, long nowNanos) {
        this.size = size;
        this.refillNanos = refill.toNanos();
        this.fullAt = nowNanos;
    }

    /** Whether there was a token to take. */
    boolean take(long nowNanos) {
        if (!untilNext(nowNanos).isZero()) {
            return false;
        }
        fullAt = nowNanos + untilFull(nowNanos) + refillNanos;
        return true;
    }

    /** How long it takes until there is a token; zero while there is one. */
    Duration untilNext(long nowNanos) {
        return Duration.ofNanos(Math.max(0, untilFull(nowNanos) - (size - 1) * refillNanos));
    }

    private long untilFull(long nowNanos) {
        return Math.max(0, fullAt - nowNanos);
    }
}
