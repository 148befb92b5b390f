package dev.sshtunnels.isolation;

import dev.sshtunnels.testing.Exchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** Times of many exchanges. One pause of the machine spoils a round, not the median of several. */
final class Latency {

    private static final int ROUNDS = 5;
    private static final int EXCHANGES = 200;

    private Latency() {}

    /** The 99th percentile of connecting and echoing four bytes: the median of several rounds. */
    static Duration connectAndEcho(int port) throws IOException {
        long[] rounds = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long[] nanos = new long[EXCHANGES];
            for (int n = 0; n < EXCHANGES; n++) {
                nanos[n] = connectAndEchoOnce(port);
            }
            rounds[i] = percentile(nanos, 99);
        }
        return Duration.ofNanos(percentile(rounds, 50));
    }

    /** As {@link #connectAndEcho}, once the agent's code for it is compiled. */
    static Duration warm(int port) throws IOException {
        connectAndEcho(port);
        return connectAndEcho(port);
    }

    private static long connectAndEchoOnce(int port) throws IOException {
        long begin = System.nanoTime();
        try (Exchange exchange = Exchange.with(port)) {
            if (!exchange.say("ping").equals("ping")) {
                throw new IOException("the connection ended instead of echoing");
            }
        }
        return System.nanoTime() - begin;
    }

    /** The smallest value that so many per cent do not exceed. */
    static long percentile(long[] values, int percent) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (sorted.length * percent + 99) / 100 - 1)];
    }
}
