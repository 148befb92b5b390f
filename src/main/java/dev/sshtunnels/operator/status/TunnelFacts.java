package dev.sshtunnels.operator.status;

import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.report.TunnelReport;
import dev.sshtunnels.tunnel.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a tunnel's status is made of.
 *
 * @param rejected why its spec, or a child that follows from it, is not accepted
 * @param unresolved what it names and is not there
 * @param running generation that the agents are to have, 0 for none; whether they have it is for them to say
 * @param server the server that carries it
 * @param agents the server's pods
 * @param reachableServices names of its Services that have a ready endpoint
 * @param settled whether these endpoints have been the same for so long that every node sends clients there
 * @param servicesRefused why the API server takes no Service of it, in its words; empty when it takes them
 */
public record TunnelFacts(
        SshTunnel tunnel,
        Optional<Finding> rejected,
        List<Finding> unresolved,
        long running,
        Optional<SshServer> server,
        List<Agent> agents,
        Set<String> reachableServices,
        boolean settled,
        Optional<String> servicesRefused) {

    /** What an agent says of the tunnel as it was given it; empty while it has another version or none. */
    Optional<TunnelReport> saidBy(Agent agent) {
        return agent.tunnel(tunnel.getMetadata().getName(), tunnel.getMetadata().getUid(), running);
    }
}
