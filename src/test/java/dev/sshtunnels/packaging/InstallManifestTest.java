package dev.sshtunnels.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.testing.DevScript;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** install.yaml and the chart's definitions are what their sources make of them: {@code dev/render-install} mends both. */
class InstallManifestTest {

    private static final Path SOURCE = Path.of("crds");
    private static final Path COPIES = Chart.DIRECTORY.resolve("files/crds");
    private static final Path MANIFEST = Path.of("install.yaml");

    @Test
    void theChartsDefinitionsAreExactCopies() throws Exception {
        assertThat(files(SOURCE)).hasSize(2);
        assertThat(files(COPIES)).as("stale; run dev/render-install").isEqualTo(files(SOURCE));
    }

    @Test
    void theManifestIsWhatTheChartRenders() throws Exception {
        String rendered = DevScript.run("render-install", List.of("--stdout")).outputOfSuccess();

        assertThat(Files.readString(MANIFEST))
                .as("stale; run dev/render-install")
                .isEqualTo(rendered);
    }

    @Test
    void theDefinitionsInTheManifestHaveTheSpecOfTheirSource() throws Exception {
        List<Object> sources = files(SOURCE).values().stream()
                .map(text -> (Object) Chart.only(CustomResourceDefinition.class, Chart.objects(text))
                        .getSpec())
                .toList();

        assertThat(Chart.ofType(CustomResourceDefinition.class, Chart.objects(Files.readString(MANIFEST))))
                .extracting(definition -> (Object) definition.getSpec())
                .containsExactlyInAnyOrderElementsOf(sources);
    }

    @Test
    void theManifestsNamespaceEnforcesTheRestrictedPodSecurityStandard() throws Exception {
        Namespace namespace = Chart.only(Namespace.class, Chart.objects(Files.readString(MANIFEST)));

        assertThat(namespace.getMetadata().getName()).isEqualTo("sshtunnels-system");
        assertThat(namespace.getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    }

    /** Name to content of the YAML files of a folder. */
    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file :
                    entries.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }
}
