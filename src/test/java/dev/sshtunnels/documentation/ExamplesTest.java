package dev.sshtunnels.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.manifest.Manifest;
import dev.sshtunnels.manifest.ManifestException;
import dev.sshtunnels.manifest.ManifestReader;
import dev.sshtunnels.manifest.Source;
import dev.sshtunnels.tunnel.Forwards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example is whole: documents that the reader takes, and a page that says how to use them. */
class ExamplesTest {

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("examples"))) {
            return entries.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    static Stream<Page> pages() {
        return Page.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void theDocumentsOfAnExampleAreValidAndBelongTogether(Path example) throws Exception {
        Manifest manifest = ManifestReader.read(sources(example));

        assertThat(manifest.servers())
                .singleElement()
                .satisfies(server -> assertThat(manifest.tunnels())
                        .isNotEmpty()
                        .allSatisfy(tunnel ->
                                assertThat(tunnel.spec().serverRef().name()).isEqualTo(server.name())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void theServerIsTheSameInAllExamples(Path example) throws Exception {
        assertThat(ManifestReader.read(sources(example)).servers().getFirst().spec())
                .isEqualTo(ManifestReader.read(sources(Path.of("examples/postgresql")))
                        .servers()
                        .getFirst()
                        .spec());
    }

    @Test
    void theExamplesShowEveryMode() throws Exception {
        List<Mode> modes = examples()
                .flatMap(example -> read(sources(example)).tunnels().stream())
                .flatMap(tunnel -> Forwards.written(tunnel.spec()).stream())
                .map(forward -> forward.mode())
                .toList();

        assertThat(modes).contains(Mode.values());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void thePageOfAnExampleNamesTheTestThatRunsIt(Path example) throws Exception {
        Page page = Page.read(example.resolve("README.md"));

        assertThat(page.tests()).as("<!-- tested by FILE --> in " + page).isNotEmpty();
        for (Path test : page.tests()) {
            assertThat(Files.readString(test)).contains("\"" + example.getFileName() + "\"");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void theDocumentsShownOnAPageAreValid(Page page) {
        assertThat(page.blocks("yaml")).allSatisfy(block -> {
            if (block.contains("apiVersion: sshtunnels.dev/")) {
                assertThatCode(() -> ManifestReader.read(List.of(new Source(page.toString(), block))))
                        .doesNotThrowAnyException();
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void whatAPageLinksToExists(Page page) {
        assertThat(page.links()).allSatisfy(target -> assertThat(target).exists());
    }

    private static List<Source> sources(Path example) {
        return Page.files(example.toString(), ".yaml")
                .map(file -> new Source(file.toString(), Page.read(file).text()))
                .toList();
    }

    private static Manifest read(List<Source> sources) {
        try {
            return ManifestReader.read(sources);
        } catch (ManifestException e) {
            throw new AssertionError(e);
        }
    }
}
