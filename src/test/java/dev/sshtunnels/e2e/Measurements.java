package dev.sshtunnels.e2e;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Figures for {@code docs/measurements.md}, collected in {@code target/e2e/measurements.json}. */
final class Measurements {

    private static final Path FILE = Path.of("target/e2e/measurements.json");

    private final Map<String, Object> figures = new TreeMap<>();

    /** Records how long the action took, in seconds with two decimals. */
    Duration seconds(String name, Runnable action) {
        Instant begin = Instant.now();
        action.run();
        Duration taken = Duration.between(begin, Instant.now());
        put(name + "Seconds", Math.round(taken.toMillis() / 10.0) / 100.0);
        return taken;
    }

    void put(String name, Object figure) {
        figures.put(name, figure);
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, Serialization.asJson(figures));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
