package dev.sshtunnels.ssh.transport;

/** The smallest or largest sample of the last 20 to 40 seconds. */
final class RecentExtreme {

    private static final long SPAN = 20_000_000_000L;

    private final int sign;
    private double current = Double.NEGATIVE_INFINITY;
    private double previous = Double.NEGATIVE_INFINITY;
    private long began;
    private boolean known;

    private RecentExtreme(int sign) {
        this.sign = sign;
    }

    static RecentExtreme smallest() {
        return new RecentExtreme(-1);
    }

    static RecentExtreme largest() {
        return new RecentExtreme(1);
    }

    void sample(double value, long now) {
        if (!isFresh(now)) {
            previous = current;
            current = Double.NEGATIVE_INFINITY;
            began = now;
            known = true;
        }
        current = Math.max(current, sign * value);
    }

    boolean isKnown() {
        return known;
    }

    /** Whether the current span of time has a sample. */
    boolean isFresh(long now) {
        return known && now - began < SPAN;
    }

    /** Defined when it is known. */
    double value() {
        return sign * Math.max(current, previous);
    }
}
