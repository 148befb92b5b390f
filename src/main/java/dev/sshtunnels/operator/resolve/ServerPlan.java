package dev.sshtunnels.operator.resolve;

import dev.sshtunnels.operator.desired.AgentConfigMap;
import dev.sshtunnels.tunnel.Finding;
import java.util.Map;
import java.util.Optional;

/**
 * What one server carries.
 *
 * @param rejected why the server itself is not accepted
 * @param documents what its agents are to read; empty when there is nothing yet that could run
 * @param tunnels by name, every tunnel of the server
 */
public record ServerPlan(
        Optional<Finding> rejected, Optional<AgentConfigMap> documents, Map<String, TunnelPlan> tunnels) {

    public ServerPlan {
        tunnels = Map.copyOf(tunnels);
    }
}
