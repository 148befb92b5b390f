package dev.sshtunnels.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.figure.Outcome;
import dev.sshtunnels.bench.figure.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementsPageTest {

    private static final Machine MACHINE = new Machine(2, "a processor", "6.1", "25.0.3", "OpenSSH_9.2p1");
    private static final List<Outcome> OUTCOMES =
            List.of(new Outcome(Figure.UP_1, new Spread(10, 9, 11), new Spread(8, 7, 9)));

    @TempDir
    private Path directory;

    @Test
    void theTableTakesThePlaceOfTheFormerOne() throws IOException {
        Path file = Files.writeString(directory.resolve("page.md"), """
                before
                <!-- written by dev/bench --write-docs -->
                the former table
                <!-- end -->
                after
                """);

        new MeasurementsPage(file).write(MACHINE, 5, "2026-11-21", OUTCOMES);

        assertThat(file).hasContent("""
                before
                <!-- written by dev/bench --write-docs -->

                2 cores (a processor), Linux 6.1, JDK 25.0.3, OpenSSH_9.2p1. Medians of 5 rounds, 2026-11-21.

                | Figure | Unit | Agent | (min–max) | ssh | (min–max) | Ratio | Goal |  |
                |---|---|---:|---:|---:|---:|---:|---|---|
                | throughput up, 1 stream | Gbit/s | 10.0 | 9.00–11.0 | 8.00 | 7.00–9.00 | 1.25 | ≥ 1.0 (level from 0.95) | met |

                <!-- end -->
                after
                """);
    }

    @Test
    void aPageWithoutItsMarksIsLeftAlone() throws IOException {
        Path file = Files.writeString(directory.resolve("page.md"), "no marks\n");

        assertThatIllegalStateException()
                .isThrownBy(() -> new MeasurementsPage(file).write(MACHINE, 5, "2026-11-21", OUTCOMES))
                .withMessageContaining("written by dev/bench");
        assertThat(file).hasContent("no marks\n");
    }

    @Test
    void theMeasurementsOfTheProjectHaveThem() throws IOException {
        assertThat(Files.readString(Path.of("docs", "measurements.md")))
                .containsSubsequence(MeasurementsPage.BEGIN, MeasurementsPage.END);
    }

    @Test
    void theMachineIsDescribedWithoutItsName() throws IOException {
        assertThat(Machine.here().toString())
                .matches("\\d+ cores? \\(.+\\), Linux \\d+\\.\\d+, JDK 25\\S*, OpenSSH_\\S+");
    }
}
