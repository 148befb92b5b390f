package dev.sshtunnels.api;

import java.util.List;
import java.util.Map;

/** The Service of a tunnel. */
public record ServiceSpec(
        Boolean enabled,
        String name,
        ServiceType type,
        List<String> aliases,
        Map<String, String> labels,
        Map<String, String> annotations,
        String trafficDistribution) {
    public ServiceSpec {
        aliases = aliases == null ? List.of() : List.copyOf(aliases);
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
    }
}
