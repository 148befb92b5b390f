package dev.sshtunnels.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * Rows that no test of this suite covers, from {@code elsewhere.yaml}.
 *
 * @param provenBy tests that are the proof, as paths below {@code src/test/java/dev/sshtunnels} without {@code .java}
 * @param leftOut why nothing is the proof
 */
record Elsewhere(Map<Row, Proof> provenBy, Map<Row, String> leftOut) {

    /** A test of another suite, and what it shows. */
    record Proof(String test, String shows) {}

    static Elsewhere read() {
        try (InputStream file = Elsewhere.class.getResourceAsStream("/faults/elsewhere.yaml")) {
            Map<String, Map<String, Object>> tree = new Yaml().load(file);
            Map<Row, Proof> proven = new EnumMap<>(Row.class);
            tree.get("provenBy").forEach((row, proof) -> proven.put(Row.valueOf(row), proof((Map<?, ?>) proof)));
            Map<Row, String> left = new EnumMap<>(Row.class);
            tree.get("leftOut").forEach((row, why) -> left.put(Row.valueOf(row), (String) why));
            return new Elsewhere(proven, left);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Proof proof(Map<?, ?> tree) {
        return new Proof((String) tree.get("test"), (String) tree.get("shows"));
    }
}
