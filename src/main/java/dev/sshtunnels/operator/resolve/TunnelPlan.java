package dev.sshtunnels.operator.resolve;

import dev.sshtunnels.operator.desired.PortBook;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.tunnel.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What a server does with one of its tunnels.
 *
 * @param uid uid of the tunnel that was judged
 * @param generation generation of the tunnel that was judged
 * @param rejected why it is not accepted
 * @param unresolved what it names and is not there
 * @param running generation in the agents' documents, 0 when there is none: that of the last accepted edit
 * @param ports agent ports of the tunnel's forwards
 */
public record TunnelPlan(
        String uid,
        long generation,
        Optional<Finding> rejected,
        List<Finding> unresolved,
        long running,
        PortBook ports) {

    public TunnelPlan {
        unresolved = List.copyOf(unresolved);
    }

    /** Whether it is about this version of this object; one that was made anew may be of the same generation. */
    public boolean isOf(SshTunnel tunnel) {
        return uid.equals(tunnel.getMetadata().getUid())
                && generation == tunnel.getMetadata().getGeneration();
    }
}
