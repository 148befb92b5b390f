package dev.sshtunnels.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.testing.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Comes after all other tests of a build: writes the page of what they measured. */
class FaultMatrixRun {

    private static final Path OF_THIS_BUILD = Path.of("target", "fault-matrix.md");

    /** {@code dev/verify --write-docs} sets it. */
    private static final boolean WRITE = Boolean.getBoolean("sshtunnels.writeDocs");

    @Test
    void thePageIsWrittenFromWhatThisBuildMeasured() throws IOException {
        Coverage coverage = Coverage.ofTheSuite();
        List<Outcome> outcomes = Outcomes.OF_THIS_BUILD.all();
        String page = new MatrixPage(run(), outcomes, coverage, Elsewhere.read()).markdown();
        Files.writeString(OF_THIS_BUILD, page);

        assertThat(outcomes).allSatisfy(outcome -> assertThat(page).contains("| " + outcome.what() + " |"));
        if (WRITE) {
            assertThat(outcomes.stream().map(Outcome::row).distinct())
                    .as("rows of a whole run; a part of it does not belong into the documentation")
                    .containsExactlyElementsOf(coverage.rows());
            Files.writeString(MatrixCoverageTest.PAGE, page);
        }
    }

    private static String run() {
        return "%d processors, Linux %s, JDK %s, %s, %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1"),
                        Runtime.version().toString().replaceFirst("[+-].*", ""),
                        Commands.run(List.of("ssh", "-V")).replaceFirst("(?s)[ ,].*", ""),
                        LocalDate.now());
    }
}
