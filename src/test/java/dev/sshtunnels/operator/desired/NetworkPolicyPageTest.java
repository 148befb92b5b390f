package dev.sshtunnels.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The NetworkPolicy of docs/access.md is about the pods and ports that the operator makes. */
class NetworkPolicyPageTest {

    private NetworkPolicy shown;

    @BeforeEach
    void read() throws IOException {
        String block = Pattern.compile("(?ms)^```yaml\n(.*?)^```$")
                .matcher(Files.readString(Path.of("docs/access.md")))
                .results()
                .map(fence -> fence.group(1))
                .filter(yaml -> yaml.contains("kind: NetworkPolicy"))
                .findFirst()
                .orElseThrow();
        shown = new KubernetesSerialization().unmarshal(block, NetworkPolicy.class);
    }

    @Test
    void itSelectsTheAgentsOfAServer() {
        assertThat(shown.getSpec().getPodSelector().getMatchLabels()).containsOnlyKeys(Labels.SERVER);
    }

    @Test
    void itLetsClientsReachEveryListener() {
        NetworkPolicyPort listeners = port(shown.getSpec().getIngress().getFirst());

        assertThat(listeners.getPort().getIntVal()).isEqualTo(PortBook.FIRST);
        assertThat(listeners.getEndPort()).isEqualTo(PortBook.LAST);
    }

    @Test
    void itLetsTheOperatorAskTheAgents() {
        assertThat(port(shown.getSpec().getIngress().getLast()).getPort().getIntVal())
                .isEqualTo(AgentDeployment.MANAGEMENT_PORT);
    }

    private static NetworkPolicyPort port(NetworkPolicyIngressRule rule) {
        List<NetworkPolicyPort> ports = rule.getPorts();
        assertThat(ports).hasSize(1);
        return ports.getFirst();
    }
}
