package dev.sshtunnels.operator.resolve;

import dev.sshtunnels.operator.desired.AgentConfigMap;
import dev.sshtunnels.tunnel.Finding;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one server carries.
 *
 * @param server uid of the server
 * @param rejected why the server itself is not accepted
 * @param documents what its agents are to read; empty when there is nothing yet that could run
 * @param secrets names of the Secrets that the tunnels in these documents need
 * @param tunnels by name, every tunnel of the server
 */
public record ServerPlan(
        String server,
        Optional<Finding> rejected,
        Optional<AgentConfigMap> documents,
        Set<String> secrets,
        Map<String, TunnelPlan> tunnels) {

    public ServerPlan {
        secrets = Set.copyOf(secrets);
        tunnels = Map.copyOf(tunnels);
    }
}
