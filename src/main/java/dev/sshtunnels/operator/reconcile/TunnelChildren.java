package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.desired.InlineServer;
import dev.sshtunnels.operator.desired.Owner;
import dev.sshtunnels.operator.desired.PortBook;
import dev.sshtunnels.operator.desired.TunnelServices;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.tunnel.Finding;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings the children of a tunnel to what is wanted: the server that it brings with it, and its Services. */
final class TunnelChildren {
    private final TunnelSources sources;
    private final Applier applier;

    TunnelChildren(TunnelSources sources, Applier applier) {
        this.sources = sources;
        this.applier = applier;
    }

    /** Makes, changes or removes the tunnel's own server. */
    Optional<Finding> server(SshTunnel tunnel) {
        Optional<SshServer> existing =
                sources.server(tunnel, tunnel.getMetadata().getName());
        if (tunnel.bringsServer()) {
            return Refusal.of(Reason.ServerNameTaken, () -> applier.apply(InlineServer.of(tunnel), existing, tunnel));
        }
        existing.filter(server -> Owner.controls(tunnel, server)).ifPresent(applier::delete);
        return Optional.empty();
    }

    /** Makes and changes the Services, and removes those that are wanted no longer once all wanted ones are there. */
    Optional<Finding> services(SshTunnel tunnel, SshServer server, PortBook ports) {
        var problems = new ArrayList<Finding>();
        for (Service service : TunnelServices.of(tunnel, server, ports)) {
            Optional<Service> existing =
                    sources.service(tunnel, service.getMetadata().getName());
            Refusal.of(Reason.ServiceNameTaken, () -> applier.apply(service, existing, tunnel))
                    .ifPresent(problems::add);
        }
        if (problems.isEmpty()) {
            removeOthers(tunnel);
        }
        return problems.stream().findFirst();
    }

    /** Names of the tunnel's own Services that lead to an agent. */
    Set<String> reachableServices(SshTunnel tunnel) {
        return sources.ownServices(tunnel).stream()
                .filter(sources::reachable)
                .map(service -> service.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    /** The ways over which clients come to the agents; see {@link Settling}. */
    Set<String> ways(SshTunnel tunnel) {
        return sources.ownServices(tunnel).stream().flatMap(sources::ways).collect(Collectors.toSet());
    }

    private void removeOthers(SshTunnel tunnel) {
        List<String> wanted = TunnelServices.published(tunnel).stream()
                .map(TunnelServices.Published::service)
                .toList();
        sources.ownServices(tunnel).stream()
                .filter(service -> !wanted.contains(service.getMetadata().getName()))
                .forEach(applier::delete);
    }
}
