package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.rig.BrokenException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run of {@code sockperf ping-pong} says: one message of 64 bytes to and fro, then the next.
 *
 * @param p50 median round trip, in microseconds
 * @param p99 the round trip that 99 of 100 messages do not exceed, in microseconds
 */
record Latency(double p50, double p99) {

    private static final Pattern PERCENTILE = Pattern.compile("percentile (\\d+\\.\\d+) = *(\\d+\\.\\d+)");

    static List<String> command(int port, int seconds) {
        return List.of(
                "sockperf",
                "ping-pong",
                "--tcp",
                "--ip",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--msg-size",
                "64",
                "--time",
                Integer.toString(seconds),
                "--full-rtt");
    }

    static Latency parse(String output) {
        return new Latency(percentile(output, "50.000"), percentile(output, "99.000"));
    }

    private static double percentile(String output, String which) {
        Matcher matcher = PERCENTILE.matcher(output);
        while (matcher.find()) {
            if (matcher.group(1).equals(which)) {
                return Double.parseDouble(matcher.group(2));
            }
        }
        throw new BrokenException("sockperf wrote no percentile " + which + ": " + output);
    }
}
