package dev.sshtunnels.manifest;

import dev.sshtunnels.tunnel.Durations;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the Java twin of a CEL rule by the text of its expression, so that an edited rule without an edited twin is an
 * error at once and not a difference between cluster and laptop.
 */
final class Twins {

    /** {@code self.matches('...')}; our expressions are anchored and mean the same to RE2 and to Java. */
    private static final Pattern MATCHES = Pattern.compile("self\\.matches\\(r?'\\^([^']*)\\$'\\)");

    private static final Pattern DURATION =
            Pattern.compile("self\\.matches\\('[^']*'\\) && duration\\(self\\) >= duration\\('([^']*)'\\)"
                    + " && duration\\(self\\) <= duration\\('([^']*)'\\)");

    private final Map<String, Predicate<Value>> byExpression = new HashMap<>();

    Twins() {
        ServerRules.TWINS.forEach((cel, twin) -> byExpression.put(normal(cel), twin));
        TunnelRules.TWINS.forEach((cel, twin) -> byExpression.put(normal(cel), twin));
        ProbeRules.TWINS.forEach((cel, twin) -> byExpression.put(normal(cel), twin));
        ForwardRules.TWINS.forEach((cel, twin) -> byExpression.put(normal(cel), twin));
    }

    Predicate<Value> of(String cel) {
        String expression = normal(cel);
        Predicate<Value> twin = byExpression.get(expression);
        if (twin != null) {
            return twin;
        }
        Matcher matches = MATCHES.matcher(expression);
        if (matches.matches()) {
            Pattern pattern = Pattern.compile(matches.group(1));
            return self -> pattern.matcher(self.text()).matches();
        }
        Matcher duration = DURATION.matcher(expression);
        if (duration.matches()) {
            return between(Durations.parse(duration.group(1)), Durations.parse(duration.group(2)));
        }
        throw new IllegalStateException("this rule of the CRDs has no Java twin: " + expression);
    }

    private static Predicate<Value> between(Duration least, Duration most) {
        return self -> Durations.isValid(self.text())
                && Durations.parse(self.text()).compareTo(least) >= 0
                && Durations.parse(self.text()).compareTo(most) <= 0;
    }

    /** White space counts for nothing, and regular expressions may be written in several pieces. */
    private static String normal(String cel) {
        return cel.strip().replaceAll("\\s+", " ").replaceAll("' \\+ r?'", "");
    }
}
