package dev.sshtunnels.operator.desired;

import dev.sshtunnels.operator.kinds.SshServer;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The pod of an agent: fits Pod Security "restricted", holds no API token, reads everything from its volumes. */
final class AgentPod {
    static final String MANAGEMENT = "management";
    /**
     * For so long a pod that is on its way out takes clients: every node's kube-proxy has to learn first that it is not
     * ready any more, which takes it a second or two.
     */
    private static final Duration SHUTDOWN_DELAY = Duration.ofSeconds(5);

    /** Time after draining, or after the delay without draining, in which the process ends and the kubelet tells. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    /**
     * Seconds without a session after which the Service leaves a pod out. A session that is lost to a restart of its
     * server is back sooner, and clients should not wait for the Service, too; until then they are refused either way.
     */
    private static final int READINESS_FAILURES = 4;

    private final AgentImage image;
    private final KubernetesSerialization json;

    AgentPod(AgentImage image, KubernetesSerialization json) {
        this.image = image;
        this.json = json;
    }

    /** @throws IllegalArgumentException naming the field when a part of the template is not what a PodSpec takes */
    PodSpec of(SshServer server, Set<String> tunnelSecrets, Duration drainTimeout) {
        var template = new PodTemplateFields(server.getSpec().agent(), json);
        var volumes = new AgentVolumes(server, tunnelSecrets);
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withServiceAccountName(template.serviceAccountName())
                .withPriorityClassName(template.priorityClassName())
                .withNodeSelector(template.nodeSelector())
                .withAffinity(template.affinity())
                .withTolerations(template.tolerations())
                .withTopologySpreadConstraints(template.topologySpreadConstraints())
                .withImagePullSecrets(template.imagePullSecrets())
                .withHostAliases(template.hostAliases())
                .withDnsPolicy(template.dnsPolicy())
                .withDnsConfig(template.dnsConfig())
                .withSecurityContext(template.podSecurityContext())
                .withTerminationGracePeriodSeconds(drainTimeout.plus(GRACE).toSeconds())
                .withContainers(container(template, volumes))
                .withVolumes(volumes.volumes())
                .build();
    }

    private Container container(PodTemplateFields template, AgentVolumes volumes) {
        return new ContainerBuilder()
                .withName(AgentDeployment.CONTAINER)
                .withImage(image.name())
                .withImagePullPolicy(image.pullPolicy())
                .withArgs(arguments())
                .addNewPort()
                .withName(MANAGEMENT)
                .withContainerPort(AgentDeployment.MANAGEMENT_PORT)
                .withProtocol("TCP")
                .endPort()
                .withReadinessProbe(probe("/readyz", 1, READINESS_FAILURES))
                .withLivenessProbe(probe("/livez", 10, 3))
                .withResources(template.resources())
                .withSecurityContext(restricted())
                // An agent that cannot start says why on its last lines; they become part of the pod's status.
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withVolumeMounts(volumes.mounts())
                .build();
    }

    private static List<String> arguments() {
        return List.of(
                "run",
                "-f",
                AgentVolumes.DOCUMENTS,
                "--secrets",
                AgentVolumes.SECRETS,
                "--config-maps",
                AgentVolumes.CONFIG_MAPS,
                "--management",
                ":" + AgentDeployment.MANAGEMENT_PORT,
                "--shutdown-delay",
                SHUTDOWN_DELAY.toSeconds() + "s",
                "--log-format",
                "json");
    }

    private static Probe probe(String path, int periodSeconds, int failureThreshold) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withPort(new IntOrString(MANAGEMENT))
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(2)
                .withFailureThreshold(failureThreshold)
                .build();
    }

    private static SecurityContext restricted() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withRunAsNonRoot(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }
}
