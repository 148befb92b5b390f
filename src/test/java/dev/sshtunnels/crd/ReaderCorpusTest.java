package dev.sshtunnels.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sshtunnels.manifest.ManifestException;
import dev.sshtunnels.manifest.ManifestReader;
import dev.sshtunnels.manifest.Problem;
import dev.sshtunnels.manifest.Source;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code sshtunnel run} answers as the API server does, without one. */
class ReaderCorpusTest {

    @ParameterizedTest
    @MethodSource("dev.sshtunnels.crd.CorpusFile#valid")
    void readerAcceptsWhatItSupports(CorpusFile file) {
        assertThat(problems(file)).extracting(Problem::field).containsExactlyElementsOf(file.notSupportedYet());
        assertThat(problems(file))
                .allSatisfy(problem -> assertThat(problem.message()).contains("is not supported yet"));
    }

    @ParameterizedTest
    @MethodSource("dev.sshtunnels.crd.CorpusFile#invalid")
    void readerRefusesInTheSameWords(CorpusFile file) {
        assertThat(problems(file)).anySatisfy(problem -> {
            assertThat(problem.field()).isEqualTo(file.field());
            assertThat(problem.message()).contains(file.expected());
        });
    }

    private static List<Problem> problems(CorpusFile file) {
        ManifestException refused = catchThrowableOfType(
                ManifestException.class, () -> ManifestReader.read(List.of(new Source(file.name(), file.text()))));
        return refused == null ? List.of() : refused.problems();
    }
}
