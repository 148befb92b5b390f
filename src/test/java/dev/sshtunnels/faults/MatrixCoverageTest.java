package dev.sshtunnels.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No row that the project answers for is forgotten. */
class MatrixCoverageTest {

    static final Path PAGE = Path.of("docs", "fault-matrix.md");

    private final Set<Row> covered = Coverage.ofTheSuite().tests().keySet();
    private final Elsewhere elsewhere = Elsewhere.read();

    @Test
    void theRowsAreThoseOfTransportForwardingAndKubernetes() {
        IntStream numbers = IntStream.concat(
                IntStream.rangeClosed(1, 44), IntStream.concat(IntStream.of(55), IntStream.rangeClosed(58, 80)));

        assertThat(Arrays.stream(Row.values()).map(Row::name))
                .containsExactlyElementsOf(
                        numbers.mapToObj(number -> "F" + number).toList());
    }

    @Test
    void everyRowIsCoveredOrProvenElsewhereOrLeftOutWithAReason() {
        for (Row row : Row.values()) {
            List<Boolean> places = List.of(
                    covered.contains(row),
                    elsewhere.provenBy().containsKey(row),
                    elsewhere.leftOut().containsKey(row));
            assertThat(places).as("%s is in exactly one place", row).containsOnlyOnce(true);
        }
    }

    @Test
    void whatIsSaidToProveARowIsThere() {
        assertThat(elsewhere.provenBy().values())
                .allSatisfy(proof -> assertThat(Path.of("src/test/java/dev/sshtunnels", proof.test() + ".java"))
                        .exists());
        assertThat(elsewhere.leftOut().values()).noneMatch(String::isBlank);
    }

    @Test
    void thePageInTheDocumentationHasEveryRow() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| F\\d+ \\|.*"))
                .map(line -> line.split(" ")[1])
                .toList();

        assertThat(new HashSet<>(rows))
                .as("dev/verify --all --write-docs")
                .isEqualTo(
                        new HashSet<>(Arrays.stream(Row.values()).map(Row::name).toList()));
    }
}
