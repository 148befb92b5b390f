package dev.sshtunnels.bench.load;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sshtunnels.bench.rig.BrokenException;
import dev.sshtunnels.bench.rig.Forwarder;
import dev.sshtunnels.bench.rig.Route;
import dev.sshtunnels.bench.rig.Tool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a run of {@code iperf3} says, as its receiver counted.
 *
 * @param gigabitsPerSecond of all streams together
 * @param gigabytes in units of 10^9 bytes
 * @param intervals Gbit/s of each interval that it reported
 */
record Bulk(double gigabitsPerSecond, double gigabytes, List<Double> intervals) {

    private static final double GIGA = 1e9;

    /** Beyond the time that a run is to take. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** With several streams iperf3 3.12 writes some of its properties once for each, into one object. */
    private static final JSON READER = JSON.std.without(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS);

    /** Which way the bytes go, seen from the one who connects. */
    enum Way {
        UP,
        DOWN
    }

    /**
     * The command for one run against a port of loopback.
     *
     * @param options further ones of iperf3
     */
    static List<String> command(int port, Way way, int streams, int seconds, String... options) {
        List<String> command = List.of(
                "iperf3",
                "--client",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--parallel",
                Integer.toString(streams),
                "--time",
                Integer.toString(seconds),
                "--interval",
                "0",
                "--json");
        List<String> whole = Words.and(command, options);
        return switch (way) {
            case UP -> whole;
            case DOWN -> Words.and(whole, "--reverse");
        };
    }

    /**
     * Runs it through a forwarder.
     *
     * @param options further ones of iperf3
     */
    static Bulk through(Forwarder forwarder, Route route, Way way, int streams, int seconds, String... options) {
        try (Tool tool = forwarder.start(command(forwarder.port(route), way, streams, seconds, options))) {
            return parse(tool.await(PATIENCE.plusSeconds(seconds)));
        }
    }

    static Bulk parse(String json) {
        try {
            Map<String, Object> root = READER.mapFrom(json);
            Map<?, ?> received = (Map<?, ?>) ((Map<?, ?>) root.get("end")).get("sum_received");
            List<Double> intervals = ((List<?>) root.get("intervals"))
                    .stream()
                            .map(interval -> (Map<?, ?>) ((Map<?, ?>) interval).get("sum"))
                            .map(sum -> number(sum, "bits_per_second") / GIGA)
                            .toList();
            return new Bulk(number(received, "bits_per_second") / GIGA, number(received, "bytes") / GIGA, intervals);
        } catch (IOException | RuntimeException e) {
            throw BrokenException.output("iperf3 wrote no result", json, e);
        }
    }

    private static double number(Map<?, ?> tree, String key) {
        return ((Number) tree.get(key)).doubleValue();
    }
}
