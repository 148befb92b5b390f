package dev.sshtunnels.tunnel;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential waiting with jitter, so that many clients of one server do not come back in step.
 *
 * @param initial wait after the first failure, more than zero
 * @param max bound on the wait before jitter
 */
public record Backoff(Duration initial, Duration max) {

    /** Part of a wait by which it is lengthened or shortened at most. */
    static final double JITTER = 0.2;

    public Backoff {
        if (initial.isNegative() || initial.isZero()) {
            throw new IllegalArgumentException("initial must be more than zero, not " + initial);
        }
        max = max.compareTo(initial) < 0 ? initial : max;
    }

    /**
     * How long to wait now: {@code initial} doubled with each failure up to {@code max}, then 20 % more or less.
     *
     * @param failures number of failures in a row, the last one counted; 1 or more
     */
    public Duration delay(int failures, RandomGenerator random) {
        double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
        return Duration.ofNanos((long) (nominal(failures).toNanos() * factor));
    }

    /** {@link #delay} without jitter. */
    public Duration nominal(int failures) {
        Duration wait = initial;
        for (int i = 1; i < failures && wait.compareTo(max) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(max) < 0 ? wait : max;
    }
}
