package dev.sshtunnels.bench.figure;

import java.util.Locale;

/** Everything that is measured, in the order of the table. */
public enum Figure {
    UP_1("throughput up, 1 stream", "Gbit/s", Better.HIGHER, Goal.level()),
    UP_8("throughput up, 8 streams", "Gbit/s", Better.HIGHER, Goal.level()),
    DOWN_1("throughput down, 1 stream", "Gbit/s", Better.HIGHER, Goal.level()),
    DOWN_8("throughput down, 8 streams", "Gbit/s", Better.HIGHER, Goal.level()),
    REMOTE_DECRYPTS("throughput R, client decrypts", "Gbit/s", Better.HIGHER, Goal.level()),
    REMOTE_ENCRYPTS("throughput R, client encrypts", "Gbit/s", Better.HIGHER, Goal.level()),
    CPU_UP("client CPU up", "s/GB", Better.LOWER, Goal.ratio(1)),
    CPU_DOWN("client CPU down", "s/GB", Better.LOWER, Goal.ratio(1)),
    PING_P50("ping-pong 64 B, p50", "µs", Better.LOWER, Goal.ratio(1)),
    PING_P99("ping-pong 64 B, p99", "µs", Better.LOWER, Goal.ratio(1)),
    HTTP_1_REQUESTS("HTTP, 1 connection", "requests/s", Better.HIGHER, Goal.ratio(1)),
    HTTP_1_P99("HTTP p99, 1 connection", "ms", Better.LOWER, Goal.ratio(20)),
    HTTP_32_P99("HTTP p99, 32 connections", "ms", Better.LOWER, Goal.ratio(20)),
    NEW_LOCAL("new connections L, 32 clients", "1/s", Better.HIGHER, Goal.ratio(1)),
    NEW_REMOTE("new connections R, 32 clients", "1/s", Better.HIGHER, Goal.ratio(1)),
    BUSY_REQUESTS("1,000 busy connections", "requests/s", Better.HIGHER, Goal.ratio(1)),
    BUSY_P99("1,000 busy connections, p99", "ms", Better.LOWER, Goal.ratio(5)),
    BUSY_ERRORS("1,000 busy connections, errors", "errors", Better.FEWER, new Goal.AtMost(0, "")),
    IDLE_MEMORY("memory with 10,000 idle connections", "MiB", Better.LOWER, new Goal.AtMost(256, "MiB")),
    FAR_UP("throughput up at 50 ms round-trip time (delay line)", "Gbit/s", Better.HIGHER, Goal.level()),
    FAR_DOWN("throughput down at 50 ms round-trip time (delay line)", "Gbit/s", Better.HIGHER, Goal.level()),
    FAR_UP_START("first 2 s of a session up at 50 ms (delay line)", "Gbit/s", Better.HIGHER, new Goal.None()),
    FAR_DOWN_START("first 2 s of a session down at 50 ms (delay line)", "Gbit/s", Better.HIGHER, new Goal.None()),
    BESIDE_UP_P50("ping-pong p50 under 4 bulk uploads", "ms", Better.LOWER, new Goal.None()),
    BESIDE_UP_P99("ping-pong p99 under 4 bulk uploads", "ms", Better.LOWER, Goal.ratio(1)),
    BESIDE_DOWN_P50("ping-pong p50 under 4 bulk downloads", "ms", Better.LOWER, new Goal.None()),
    BESIDE_DOWN_P99("ping-pong p99 under 4 bulk downloads", "ms", Better.LOWER, Goal.ratio(1)),
    BESIDE_UP_BULK("the 4 bulk uploads beside ping-pong", "Gbit/s", Better.HIGHER, new Goal.None()),
    BESIDE_DOWN_BULK("the 4 bulk downloads beside ping-pong", "Gbit/s", Better.HIGHER, new Goal.None()),
    HTTP_32_REQUESTS("HTTP, 32 connections", "requests/s", Better.HIGHER, new Goal.None()),
    START_FIRST_BYTE("start to first forwarded byte", "ms", Better.LOWER, new Goal.None()),
    START_FIRST_HALF("throughput up, first half second after start", "Gbit/s", Better.HIGHER, new Goal.None()),
    START_SECOND_HALF("throughput up, second half second after start", "Gbit/s", Better.HIGHER, new Goal.None()),
    START_MEMORY("memory without connections, just started", "MiB", Better.LOWER, new Goal.None());

    private final String title;
    private final String unit;
    private final Better better;
    private final Goal goal;

    Figure(String title, String unit, Better better, Goal goal) {
        this.title = title;
        this.unit = unit;
        this.better = better;
        this.goal = goal;
    }

    /** How the table and the results name it. */
    public String title() {
        return title;
    }

    public String unit() {
        return unit;
    }

    Better better() {
        return better;
    }

    public Goal goal() {
        return goal;
    }

    /** Whether a person who wrote the words, blanks or hyphens between them, may have meant this one: {@code http-p99}. */
    public boolean matches(String words) {
        return plain(title).contains(plain(words));
    }

    private static String plain(String words) {
        return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
