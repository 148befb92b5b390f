package dev.sshtunnels.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.ForwardSpec;
import dev.sshtunnels.manifest.Manifest;
import dev.sshtunnels.manifest.ManifestReader;
import dev.sshtunnels.manifest.Source;
import dev.sshtunnels.operator.desired.AgentDocuments;
import dev.sshtunnels.operator.desired.EffectiveForwards;
import dev.sshtunnels.operator.desired.PortBook;
import dev.sshtunnels.operator.kinds.KindsSerialization;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent reads what the operator writes for it. */
class AgentDocumentsTest {

    private final KubernetesSerialization yaml = KindsSerialization.create();
    private final AgentDocuments documents = new AgentDocuments(yaml);

    static Stream<CorpusFile> supported() {
        return CorpusFile.valid().filter(file -> file.notSupportedYet().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("supported")
    void agentReadsWhatTheOperatorWrites(CorpusFile file) throws Exception {
        boolean server = file.text().contains("kind: SshServer");
        String written = server ? documents.server(yaml.unmarshal(file.text(), SshServer.class)) : tunnel(file);

        Manifest read = ManifestReader.read(List.of(new Source(file.name(), written)));

        assertThat(read.servers().size() + read.tunnels().size()).isEqualTo(1);
    }

    private String tunnel(CorpusFile file) {
        SshTunnel tunnel = yaml.unmarshal(file.text(), SshTunnel.class);
        List<ForwardSpec> forwards = EffectiveForwards.of(tunnel.getSpec());
        String name = tunnel.getMetadata().getName();
        List<String> wanted = forwards.stream()
                .map(forward -> PortBook.key(name, forward.name()))
                .toList();
        return documents.tunnel(tunnel, forwards, PortBook.empty().assign(wanted));
    }
}
