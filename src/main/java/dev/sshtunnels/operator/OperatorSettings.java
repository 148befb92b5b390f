package dev.sshtunnels.operator;

import dev.sshtunnels.operator.desired.AgentImage;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How one operator process behaves.
 *
 * @param image image of the agents' pods
 * @param watchNamespaces namespaces to watch; empty means all
 * @param leaseNamespace namespace of the leader election's Lease; empty means no leader election
 * @param managementPort TCP port of health and metrics, 0 for any free one
 * @param fieldManager owner of applied fields in server-side apply; part of the upgrade contract, never rename it
 */
public record OperatorSettings(
        AgentImage image,
        Set<String> watchNamespaces,
        Optional<String> leaseNamespace,
        int managementPort,
        String fieldManager) {

    /** The field manager of every release. */
    public static final String FIELD_MANAGER = "ssh-tunnel-operator";

    public OperatorSettings {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(fieldManager, "fieldManager");
        watchNamespaces = Set.copyOf(watchNamespaces);
    }
}
