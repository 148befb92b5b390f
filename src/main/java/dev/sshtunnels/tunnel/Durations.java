package dev.sshtunnels.tunnel;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Kubernetes writes them: {@code 500ms}, {@code 15s}, {@code 1h30m}. */
public final class Durations {

    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,6}([.][0-9]{1,6})?(ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("([0-9.]+)(ms|s|m|h)");

    private Durations() {}

    public static boolean isValid(String text) {
        return WHOLE.matcher(text).matches();
    }

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException when it is not one
     */
    public static Duration parse(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException("\"" + text + "\" is not a duration such as 30s");
        }
        Duration sum = Duration.ZERO;
        for (Matcher part = PART.matcher(text); part.find(); ) {
            BigDecimal nanos = new BigDecimal(part.group(1)).multiply(nanosOf(part.group(2)));
            sum = sum.plusNanos(nanos.longValue());
        }
        return sum;
    }

    /** The duration, or another where none is given. */
    public static Duration parse(String text, Duration absent) {
        return text == null ? absent : parse(text);
    }

    private static BigDecimal nanosOf(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    default -> 3_600_000_000_000L;
                });
    }
}
