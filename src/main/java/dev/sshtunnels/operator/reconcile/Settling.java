package dev.sshtunnels.operator.reconcile;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Since when the Services of a tunnel have led to the same endpoints, in memory. Nobody says when the nodes know them:
 * kube-proxy watches EndpointSlices as the operator does, and writes its rules once a second at most
 * ({@code --iptables-min-sync-period}, {@code --nftables-min-sync-period}); a client that is quicker finds the old ones.
 */
final class Settling {

    /** Twice the longest that kube-proxy waits by default before it writes what it has learned. */
    static final Duration TIME = Duration.ofSeconds(2);

    private final Map<ResourceID, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(Set<String> ways, Instant since) {}

    /**
     * Time until every node knows these ways; zero when all do.
     *
     * @param ways from a Service's port to an agent's, each as a text
     * @param tunnels all there are; others are forgotten
     */
    Duration left(ResourceID tunnel, Set<String> ways, Instant now, Supplier<Set<ResourceID>> tunnels) {
        Seen before = seen.get(tunnel);
        if (before == null) {
            seen.keySet().retainAll(tunnels.get());
        }
        // A clock that was set back must not make it wait for what it was set back by.
        if (before == null || !before.ways().equals(ways) || now.isBefore(before.since())) {
            seen.put(tunnel, new Seen(ways, now));
            return TIME;
        }
        Duration left = Duration.between(now, before.since().plus(TIME));
        return left.isNegative() ? Duration.ZERO : left;
    }
}
