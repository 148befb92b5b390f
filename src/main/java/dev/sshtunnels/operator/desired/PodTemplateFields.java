package dev.sshtunnels.operator.desired;

import dev.sshtunnels.api.AgentSpec;
import dev.sshtunnels.api.AgentTemplate;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The user's part of the pod, read as what a PodSpec takes, over the operator's defaults. */
final class PodTemplateFields {
    private static final AgentTemplate NOTHING =
            new AgentTemplate(null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    private static final long USER = 65_532;
    private static final Map<String, Object> SECURITY = Map.of(
            "runAsNonRoot", true,
            "runAsUser", USER,
            "runAsGroup", USER,
            "fsGroup", USER,
            "seccompProfile", Map.of("type", "RuntimeDefault"));
    private static final Map<String, Object> RESOURCES = Map.of(
            "requests", Map.of("cpu", "20m", "memory", "96Mi"),
            "limits", Map.of("memory", "256Mi"));

    private final AgentTemplate template;
    private final KubernetesSerialization json;

    PodTemplateFields(AgentSpec agent, KubernetesSerialization json) {
        this.template = agent == null || agent.template() == null ? NOTHING : agent.template();
        this.json = json;
    }

    Map<String, String> labels() {
        return template.labels();
    }

    Map<String, String> annotations() {
        return template.annotations();
    }

    String serviceAccountName() {
        return template.serviceAccountName();
    }

    String priorityClassName() {
        return template.priorityClassName();
    }

    Map<String, String> nodeSelector() {
        return template.nodeSelector().isEmpty() ? null : template.nodeSelector();
    }

    String dnsPolicy() {
        return template.dnsPolicy();
    }

    Affinity affinity() {
        return read("affinity", template.affinity(), Affinity.class);
    }

    PodDNSConfig dnsConfig() {
        return read("dnsConfig", template.dnsConfig(), PodDNSConfig.class);
    }

    ResourceRequirements resources() {
        Map<String, Object> resources = template.resources().isEmpty() ? RESOURCES : template.resources();
        return read("resources", resources, ResourceRequirements.class);
    }

    PodSecurityContext podSecurityContext() {
        var merged = new HashMap<>(SECURITY);
        merged.putAll(template.podSecurityContext());
        return read("podSecurityContext", merged, PodSecurityContext.class);
    }

    List<Toleration> tolerations() {
        return readAll("tolerations", template.tolerations(), Toleration.class);
    }

    List<TopologySpreadConstraint> topologySpreadConstraints() {
        return readAll(
                "topologySpreadConstraints", template.topologySpreadConstraints(), TopologySpreadConstraint.class);
    }

    List<LocalObjectReference> imagePullSecrets() {
        return readAll("imagePullSecrets", template.imagePullSecrets(), LocalObjectReference.class);
    }

    List<HostAlias> hostAliases() {
        return readAll("hostAliases", template.hostAliases(), HostAlias.class);
    }

    private <T> List<T> readAll(String field, List<Map<String, Object>> values, Class<T> type) {
        return values.stream().map(value -> read(field, value, type)).toList();
    }

    private <T> T read(String field, Map<String, Object> value, Class<T> type) {
        if (value.isEmpty()) {
            return null;
        }
        try {
            return json.convertValue(value, type);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "spec.agent.template." + field + " is not what the field of that name in a PodSpec takes: "
                            + e.getMessage().lines().findFirst().orElse(""),
                    e);
        }
    }
}
