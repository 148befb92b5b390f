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

    @Test
    void aTunnelIsOfTheUidAndGenerationThatItsDocumentTells() throws Exception {
        Manifest manifest = ManifestReader.read(List.of(source("server.yaml"), new Source("tunnel.yaml", """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: db, uid: 6fd31cf6-0000-0000-0000-000000000002, generation: 7}
                spec: {mode: D, serverRef: {name: bastion}}
                """)));

        Plan.Tunnel tunnel = PlanBuilder.plan(manifest).tunnels().getFirst();
        assertThat(tunnel.uid()).isEqualTo("6fd31cf6-0000-0000-0000-000000000002");
        assertThat(tunnel.generation()).isEqualTo(7);
    }

    private static Source source(String name) throws Exception {
        return new Source(name, Files.readString(Path.of("examples/publish-web", name)));
    }
}
