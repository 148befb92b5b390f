package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.operator.desired.Labels;
import dev.sshtunnels.operator.desired.Owner;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The caches that a tunnel is reconciled from, and whom a change in them concerns. */
final class TunnelSources {
    private static final String BY_SERVER = "server";
    private static final String BY_SERVICE = "service";
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final InformerEventSource<SshServer, SshTunnel> servers;
    private final InformerEventSource<Service, SshTunnel> services;
    private final InformerEventSource<EndpointSlice, SshTunnel> slices;

    TunnelSources(EventSourceContext<SshTunnel> context) {
        var tunnels = context.getPrimaryCache();
        tunnels.addIndexer(BY_SERVER, tunnel -> List.of(key(tunnel, tunnel.serverName())));
        servers = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(SshServer.class, SshTunnel.class)
                        .withSecondaryToPrimaryMapper(server -> ids(tunnels.byIndex(
                                BY_SERVER, key(server, server.getMetadata().getName()))))
                        .withPrimaryToSecondaryMapper(_ -> Set.of())
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
        services = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Service.class, SshTunnel.class)
                        .withLabelSelector(Labels.MANAGED_SELECTOR)
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
        slices = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(EndpointSlice.class, SshTunnel.class)
                        .withLabelSelector(Labels.MANAGED_SELECTOR)
                        .withSecondaryToPrimaryMapper(TunnelSources::tunnelOf)
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
        slices.addIndexers(Map.of(BY_SERVICE, slice -> List.of(key(slice, label(slice, SERVICE_NAME)))));
    }

    List<EventSource<?, SshTunnel>> all() {
        return List.of(servers, services, slices);
    }

    Optional<SshServer> server(SshTunnel tunnel, String name) {
        return servers.get(new ResourceID(name, tunnel.getMetadata().getNamespace()))
                .filter(server -> !server.isMarkedForDeletion());
    }

    Optional<Service> service(SshTunnel tunnel, String name) {
        return services.get(new ResourceID(name, tunnel.getMetadata().getNamespace()));
    }

    List<Service> ownServices(SshTunnel tunnel) {
        return services.list(tunnel.getMetadata().getNamespace(), service -> Owner.controls(tunnel, service))
                .toList();
    }

    /** Whether a client of the Service would reach an agent now, on every one of its ports. */
    boolean reachable(Service service) {
        Set<Integer> wanted = service.getSpec().getPorts().stream()
                .map(port -> port.getTargetPort().getIntVal())
                .collect(Collectors.toSet());
        return slices.byIndex(BY_SERVICE, key(service, service.getMetadata().getName())).stream()
                .filter(slice -> slice.getEndpoints().stream().anyMatch(TunnelSources::isReady))
                .anyMatch(slice -> slice.getPorts().stream()
                        .map(port -> port.getPort())
                        .collect(Collectors.toSet())
                        .containsAll(wanted));
    }

    /** The ways from the Service's ports to the agents that are ready, each as a text. */
    Stream<String> ways(Service service) {
        String ports = service.getMetadata().getUid() + " "
                + service.getSpec().getPorts().stream()
                        .map(port -> port.getPort() + ">" + port.getTargetPort().getIntVal())
                        .toList();
        return slices.byIndex(BY_SERVICE, key(service, service.getMetadata().getName())).stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .filter(TunnelSources::isReady)
                .flatMap(endpoint -> endpoint.getAddresses().stream())
                .map(address -> ports + " " + address);
    }

    private static boolean isReady(Endpoint endpoint) {
        return endpoint.getConditions() != null
                && Boolean.TRUE.equals(endpoint.getConditions().getReady());
    }

    private static Set<ResourceID> tunnelOf(EndpointSlice slice) {
        String tunnel = label(slice, Labels.TUNNEL);
        return tunnel == null
                ? Set.of()
                : Set.of(new ResourceID(tunnel, slice.getMetadata().getNamespace()));
    }

    private static Set<ResourceID> ids(List<SshTunnel> tunnels) {
        return tunnels.stream().map(ResourceID::fromResource).collect(Collectors.toSet());
    }

    private static String label(HasMetadata object, String name) {
        return object.getMetadata().getLabels().get(name);
    }

    private static String key(HasMetadata neighbour, String name) {
        return neighbour.getMetadata().getNamespace() + "/" + name;
    }
}
