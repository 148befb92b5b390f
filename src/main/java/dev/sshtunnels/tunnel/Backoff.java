package dev.sshtunnels.tunnel;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential waiting, spread by chance so that many clients of one server do not come back in step.
 *
 * @param initial wait after the first failure, more than zero
 * @param max bound on the wait before it is spread
 * @param spread by how much a wait is shortened and lengthened
 */
public record Backoff(Duration initial, Duration max, Spread spread) {

    /**
     * What a wait is multiplied with, equally likely anywhere in between.
     *
     * @param least 0 or more
     * @param most not less than {@code least}
     */
    public record Spread(double least, double most) {

        /** Up to a fifth less or more. */
        public static final Spread FIFTH = new Spread(0.8, 1.2);

        public Spread {
            if (least < 0 || most < least) {
                throw new IllegalArgumentException("no spread from " + least + " to " + most);
            }
        }
    }

    public Backoff {
        if (initial.isNegative() || initial.isZero()) {
            throw new IllegalArgumentException("initial must be more than zero, not " + initial);
        }
        max = max.compareTo(initial) < 0 ? initial : max;
    }

    /** With a fifth more or less. */
    public Backoff(Duration initial, Duration max) {
        this(initial, max, new Spread(0.8, 1.2));
    }

    /**
     * How long to wait now: {@code initial} doubled with each failure up to {@code max}, then spread.
     *
     * @param failures number of failures in a row, the last one counted; 1 or more
     */
    public Duration delay(int failures, RandomGenerator random) {
        double factor = spread.least() + (spread.most() - spread.least()) * random.nextDouble();
        return Duration.ofNanos((long) (nominal(failures).toNanos() * factor));
    }

    /** {@link #delay} before it is spread. */
    public Duration nominal(int failures) {
        Duration wait = initial;
        for (int i = 1; i < failures && wait.compareTo(max) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(max) < 0 ? wait : max;
    }
}
