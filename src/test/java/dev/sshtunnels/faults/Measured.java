package dev.sshtunnels.faults;

import java.time.Duration;
import java.util.Locale;

/** A time that a fault took, and the longest that it may take. */
record Measured(Duration took, Duration bound) {

    boolean isWithinBound() {
        return took.compareTo(bound) <= 0;
    }

    static Measured ofMillis(long took, long bound) {
        return new Measured(Duration.ofMillis(took), Duration.ofMillis(bound));
    }

    /** As in {@code 0.42 s (≤ 3 s)}. */
    @Override
    public String toString() {
        return shown(took) + " (≤ " + shown(bound) + ")";
    }

    private static String shown(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        String digits = seconds < 1 ? "%.2f" : seconds < 10 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, digits, seconds).replaceFirst("\\.0+$", "") + " s";
    }
}
