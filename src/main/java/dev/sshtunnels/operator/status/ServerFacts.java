package dev.sshtunnels.operator.status;

import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.tunnel.Finding;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a server's status is made of.
 *
 * @param rejected why its spec is not accepted
 * @param runs whether it has a Deployment, made of an accepted version
 * @param replicas wanted number of agents
 * @param agents its pods
 * @param podsRefused why the API server takes no pod of it, or not what pods are made from, in its words; empty when it
 *     takes them
 * @param tunnels number of its tunnels
 */
public record ServerFacts(
        SshServer server,
        Optional<Finding> rejected,
        boolean runs,
        int replicas,
        List<Agent> agents,
        Optional<String> podsRefused,
        int tunnels) {}
