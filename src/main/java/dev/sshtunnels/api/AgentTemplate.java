package dev.sshtunnels.api;

import java.util.List;
import java.util.Map;

/** What a user may set on the agents' pods. */
public record AgentTemplate(
        Map<String, String> labels,
        Map<String, String> annotations,
        String serviceAccountName,
        String priorityClassName,
        Map<String, String> nodeSelector,
        Map<String, Object> affinity,
        List<Map<String, Object>> tolerations,
        List<Map<String, Object>> topologySpreadConstraints,
        Map<String, Object> resources,
        List<Map<String, Object>> imagePullSecrets,
        Map<String, Object> podSecurityContext,
        String dnsPolicy,
        Map<String, Object> dnsConfig,
        List<Map<String, Object>> hostAliases) {
    public AgentTemplate {
        tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
        topologySpreadConstraints =
                topologySpreadConstraints == null ? List.of() : List.copyOf(topologySpreadConstraints);
        imagePullSecrets = imagePullSecrets == null ? List.of() : List.copyOf(imagePullSecrets);
        hostAliases = hostAliases == null ? List.of() : List.copyOf(hostAliases);
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
        nodeSelector = nodeSelector == null ? Map.of() : Map.copyOf(nodeSelector);
        affinity = affinity == null ? Map.of() : Map.copyOf(affinity);
        resources = resources == null ? Map.of() : Map.copyOf(resources);
        podSecurityContext = podSecurityContext == null ? Map.of() : Map.copyOf(podSecurityContext);
        dnsConfig = dnsConfig == null ? Map.of() : Map.copyOf(dnsConfig);
    }
}
