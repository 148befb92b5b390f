package dev.sshtunnels.operator.desired;

import dev.sshtunnels.api.AgentSpec;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.tunnel.Durations;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Deployment of a server's agents. It rolls when the session has to be another one, and for a tunnel only when that
 * brings a Secret which the pods do not have yet: volumes cannot be added to a pod.
 */
public final class AgentDeployment {
    /** Port of health, status and metrics of every agent. */
    public static final int MANAGEMENT_PORT = 8081;

    /** Name of the agent's container in its pod. */
    public static final String CONTAINER = "agent";

    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(30);

    private final AgentDocuments documents;
    private final KubernetesSerialization json;
    private final AgentPod pod;

    public AgentDeployment(AgentImage image, KubernetesSerialization json) {
        this.documents = new AgentDocuments(json);
        this.json = json;
        this.pod = new AgentPod(image, json);
    }

    /**
     * @param tunnelSecrets Secrets of the server's tunnels
     * @param existing the Deployment as it is, empty at first; a tunnel's Secret that is needed no more stays in its pods
     *     until they are replaced for another reason
     * @throws IllegalArgumentException naming the field when a part of the template is not what a PodSpec takes
     */
    public Deployment of(SshServer server, Set<String> tunnelSecrets, Optional<Deployment> existing) {
        PodTemplateSpec bare = template(server, Set.of());
        String hash = Names.hash(json.asYaml(bare));
        Set<String> mounted = existing.filter(deployment -> hash.equals(hashOf(deployment)))
                .map(deployment -> AgentVolumes.tunnelSecrets(
                        deployment.getSpec().getTemplate().getSpec()))
                .filter(secrets -> secrets.containsAll(tunnelSecrets))
                .orElse(tunnelSecrets);
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(Names.agents(server))
                .withNamespace(server.getMetadata().getNamespace())
                .withLabels(Labels.ofServer(server))
                .withAnnotations(Map.of(Labels.TEMPLATE_HASH, hash))
                .withOwnerReferences(Owner.reference(server))
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas(server))
                .withRevisionHistoryLimit(2)
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxUnavailable(new IntOrString(0))
                .withMaxSurge(new IntOrString(1))
                .endRollingUpdate()
                .endStrategy()
                .withNewSelector()
                .withMatchLabels(Labels.agents(server))
                .endSelector()
                .withTemplate(mounted.isEmpty() ? bare : template(server, mounted))
                .endSpec()
                .build();
    }

    private PodTemplateSpec template(SshServer server, Set<String> tunnelSecrets) {
        var template = new PodTemplateFields(server.getSpec().agent(), json);
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Labels.over(template.labels(), Labels.ofPod(server)))
                .withAnnotations(
                        Labels.over(template.annotations(), Map.of(Labels.SESSION_HASH, documents.sessionHash(server))))
                .endMetadata()
                .withSpec(pod.of(server, tunnelSecrets, drainTimeout(server)))
                .build();
    }

    private static String hashOf(Deployment deployment) {
        Map<String, String> annotations = deployment.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(Labels.TEMPLATE_HASH);
    }

    /** How long a pod that is replaced lets its connections end. */
    private static Duration drainTimeout(SshServer server) {
        AgentSpec agent = server.getSpec().agent();
        return Durations.parse(agent == null ? null : agent.drainTimeout(), DRAIN_TIMEOUT);
    }

    /** Wanted number of pods. */
    public static int replicas(SshServer server) {
        AgentSpec agent = server.getSpec().agent();
        return agent == null || agent.replicas() == null ? 1 : agent.replicas();
    }
}
