package dev.sshtunnels.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.operator.kinds.KindsSerialization;
import dev.sshtunnels.operator.kinds.SshServer;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When the pods of a server roll for the Secrets of its tunnels: a changed template is a rollout. */
class AgentDeploymentTest {

    private static final KubernetesSerialization YAML = KindsSerialization.create();

    private final AgentDeployment deployments = new AgentDeployment(new AgentImage("agent:1", "IfNotPresent"), YAML);

    @Test
    void aSecretThatIsNeededNoMoreDoesNotRollThePods() {
        Deployment before = deployments.of(server("tunnel"), Set.of("a", "b"), Optional.empty());

        Deployment after = deployments.of(server("tunnel"), Set.of("a"), Optional.of(before));

        assertThat(after.getSpec().getTemplate()).isEqualTo(before.getSpec().getTemplate());
    }

    @Test
    void aFurtherSecretRollsThemAndTakesTheUnneededAway() {
        Deployment before = deployments.of(server("tunnel"), Set.of("a", "b"), Optional.empty());

        Deployment after = deployments.of(server("tunnel"), Set.of("b", "c"), Optional.of(before));

        assertThat(secrets(after)).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void aRolloutForAnotherReasonTakesTheUnneededAway() {
        Deployment before = deployments.of(server("tunnel"), Set.of("a", "b"), Optional.empty());

        Deployment after = deployments.of(server("other"), Set.of("a"), Optional.of(before));

        assertThat(secrets(after)).containsExactly("a");
    }

    private static Set<String> secrets(Deployment deployment) {
        return AgentVolumes.tunnelSecrets(deployment.getSpec().getTemplate().getSpec());
    }

    private static SshServer server(String user) {
        return YAML.unmarshal("""
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshServer
                metadata: {name: bastion, namespace: shop, uid: u1, generation: 3}
                spec:
                  endpoints: [{host: bastion.corp}]
                  user: %s
                  auth: {privateKeySecretRef: {name: bastion-key}}
                """.formatted(user), SshServer.class);
    }
}
