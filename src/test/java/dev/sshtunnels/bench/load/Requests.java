package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.rig.BrokenException;
import dev.sshtunnels.bench.rig.Forwarder;
import dev.sshtunnels.bench.rig.Route;
import dev.sshtunnels.bench.rig.Tool;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run of {@code wrk} says: each connection sends its next request when it has the answer to the last.
 *
 * @param p99 the time that 99 of 100 requests do not exceed, in milliseconds
 * @param errors connections and requests that failed or took longer than 2 s, and answers that were not the right one
 */
record Requests(double perSecond, double p99, long errors) {

    private static final Pattern RATE = Pattern.compile("Requests/sec: +(\\d+\\.\\d+)");
    private static final Pattern P99 = Pattern.compile("99% +(\\d+\\.\\d+)(us|ms|s|m)");
    private static final Pattern FAILED =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern WRONG = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

    /** Requests on connections that stay open, or with a header that ends each after one. */
    static Requests run(Forwarder forwarder, Route route, int connections, int seconds, String... options) {
        List<String> command = Words.and(
                List.of("wrk", "--latency", "--threads", "1", "--connections", Integer.toString(connections)),
                "--duration",
                seconds + "s");
        String url = "http://127.0.0.1:" + forwarder.port(route) + "/";
        try (Tool tool = forwarder.start(Words.and(Words.and(command, options), url))) {
            return parse(tool.await(Duration.ofSeconds(seconds + 20)));
        }
    }

    static Requests parse(String output) {
        Matcher p99 = find(P99, output);
        long errors = sum(FAILED, output) + sum(WRONG, output);
        return new Requests(
                Double.parseDouble(find(RATE, output).group(1)),
                Double.parseDouble(p99.group(1)) * milliseconds(p99.group(2)),
                errors);
    }

    private static Matcher find(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new BrokenException("wrk wrote nothing like \"" + pattern + "\": " + output);
        }
        return matcher;
    }

    private static long sum(Pattern pattern, String output) {
        long sum = 0;
        for (MatchResult match : pattern.matcher(output).results().toList()) {
            for (int group = 1; group <= match.groupCount(); group++) {
                sum += Long.parseLong(match.group(group));
            }
        }
        return sum;
    }

    private static double milliseconds(String unit) {
        return switch (unit) {
            case "us" -> 0.001;
            case "ms" -> 1;
            case "s" -> 1000;
            default -> 60_000;
        };
    }
}
