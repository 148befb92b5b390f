package dev.sshtunnels.agent.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sshtunnels.manifest.Manifest;
import dev.sshtunnels.manifest.ManifestReader;
import dev.sshtunnels.manifest.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanBuilderTest {

    @Test
    void serviceOfTheClusterIsRefusedWhereThereIsNoOperator() throws Exception {
        Manifest manifest = ManifestReader.read(List.of(source("server.yaml"), source("tunnel.yaml")));
        assertThatThrownBy(() -> PlanBuilder.plan(manifest))
                .isInstanceOfSatisfying(
                        InvalidDocumentsException.class,
                        invalid -> assertThat(invalid.problems())
                                .singleElement()
                                .asString()
                                .startsWith("tunnel.yaml:")
                                .contains("target.serviceRef", "name it with target.host and target.port"));
    }

    private static Source source(String name) throws Exception {
        return new Source(name, Files.readString(Path.of("examples/publish-web", name)));
    }
}
