package dev.sshtunnels.operator;

import dev.sshtunnels.operator.desired.AgentImage;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How one operator process behaves.
 *
 * @param image image of the agents' pods
 * @param watchNamespaces namespaces to watch; empty means all
 * @param leaseNamespace namespace of the leader election's Lease; empty means no leader election
 * @param management where health and metrics are served, port 0 for any free one
 * @param fieldManager owner of applied fields in server-side apply; part of the upgrade contract, never rename it
 */
public record OperatorSettings(
        AgentImage image,
        Set<String> watchNamespaces,
        Optional<String> leaseNamespace,
        InetSocketAddress management,
        String fieldManager) {

    /** The field manager of every release. */
    public static final String FIELD_MANAGER = "ssh-tunnel-operator";

    public OperatorSettings {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(management, "management");
        Objects.requireNonNull(fieldManager, "fieldManager");
        watchNamespaces = Set.copyOf(watchNamespaces);
    }
}
