package dev.sshtunnels.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {

    @Test
    void eachFigureHasItsUnitBothMediansAndTheRatio(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("bench/results.json");

        ResultsFile.write(
                file, List.of(new Outcome(Figure.PING_P50, new Spread(40, 38.5, 60), new Spread(50, 45, 55))));

        Map<String, Object> root = JSON.std.mapFrom(Files.readString(file));
        assertThat(root).containsOnlyKeys("figures");
        Map<?, ?> figure = (Map<?, ?>) ((List<?>) root.get("figures")).getFirst();
        assertThat(figure)
                .isEqualTo(Map.ofEntries(
                        Map.entry("figure", "ping-pong 64 B, p50"),
                        Map.entry("unit", "µs"),
                        Map.entry("agent", 40.0),
                        Map.entry("ssh", 50.0),
                        Map.entry("ratio", 1.25),
                        Map.entry("agentMin", 38.5),
                        Map.entry("agentMax", 60.0),
                        Map.entry("sshMin", 45.0),
                        Map.entry("sshMax", 55.0),
                        Map.entry("goal", "≥ 1.0"),
                        Map.entry("met", true)));
    }
}
