package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.operator.desired.EffectiveForwards;
import dev.sshtunnels.operator.desired.Labels;
import dev.sshtunnels.operator.desired.Owner;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The caches that a server is reconciled from, and whom a change in them concerns. */
final class ServerSources {
    private static final String BY_SERVER = "server";
    private static final String BY_TARGET_SERVICE = "target-service";

    private final InformerEventSource<SshTunnel, SshServer> tunnels;
    private final InformerEventSource<ConfigMap, SshServer> configMaps;
    private final InformerEventSource<Deployment, SshServer> deployments;
    private final InformerEventSource<Pod, SshServer> pods;
    private final InformerEventSource<Service, SshServer> services;

    ServerSources(EventSourceContext<SshServer> context, Exchange exchange) {
        tunnels = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(SshTunnel.class, SshServer.class)
                        .withSecondaryToPrimaryMapper(tunnel -> concernedBy(tunnel, exchange))
                        .withPrimaryToSecondaryMapper(_ -> Set.of())
                        .withOnUpdateFilter(ServerSources::isAnother)
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
        tunnels.addIndexers(Map.of(
                BY_SERVER, tunnel -> List.of(key(tunnel, tunnel.serverName())),
                BY_TARGET_SERVICE, tunnel -> targetServices(tunnel).toList()));
        configMaps = new InformerEventSource<>(owned(ConfigMap.class), context);
        deployments = new InformerEventSource<>(owned(Deployment.class), context);
        pods = new PodSource(
                InformerEventSourceConfiguration.from(Pod.class, SshServer.class)
                        .withLabelSelector(Labels.MANAGED_SELECTOR)
                        .withSecondaryToPrimaryMapper(ServerSources::serverOf)
                        .withNamespacesInheritedFromController()
                        .build(),
                context,
                exchange);
        services = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Service.class, SshServer.class)
                        .withSecondaryToPrimaryMapper(this::publishing)
                        .withPrimaryToSecondaryMapper(_ -> Set.of())
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
    }

    private static <T extends HasMetadata> InformerEventSourceConfiguration<T> owned(Class<T> type) {
        return InformerEventSourceConfiguration.from(type, SshServer.class)
                .withLabelSelector(Labels.MANAGED_SELECTOR)
                .withNamespacesInheritedFromController()
                .build();
    }

    List<EventSource<?, SshServer>> all() {
        return List.of(tunnels, configMaps, deployments, pods, services);
    }

    /** The tunnels of a server. One that brings its own server never lands on another of the same name. */
    List<SshTunnel> tunnels(SshServer server) {
        return tunnels.byIndex(BY_SERVER, key(server, server.getMetadata().getName())).stream()
                .filter(tunnel -> !tunnel.isMarkedForDeletion())
                .filter(tunnel -> !tunnel.bringsServer() || Owner.controls(tunnel, server))
                .toList();
    }

    Optional<ConfigMap> configMap(SshServer server, String name) {
        return configMaps.get(id(server, name));
    }

    /** What has just been written is what the next reconciliation sees, even before the watch brings it. */
    void remember(ConfigMap applied, Optional<ConfigMap> before) {
        ResourceID id = ResourceID.fromResource(applied);
        if (before.isEmpty()) {
            configMaps.handleRecentResourceCreate(id, applied);
        } else if (!Objects.equals(
                applied.getMetadata().getResourceVersion(),
                before.get().getMetadata().getResourceVersion())) {
            configMaps.handleRecentResourceUpdate(id, applied, before.get());
        }
    }

    Optional<Deployment> deployment(SshServer server, String name) {
        return deployments.get(id(server, name));
    }

    Optional<Service> service(SshServer server, String name) {
        return services.get(id(server, name));
    }

    /** Its pods that are neither over nor on their way out. */
    List<Pod> pods(SshServer server) {
        String uid = server.getMetadata().getUid();
        return pods.list(
                        server.getMetadata().getNamespace(),
                        pod -> uid.equals(pod.getMetadata().getLabels().get(Labels.SERVER_UID)))
                .filter(pod -> !pod.isMarkedForDeletion() && !isOver(pod))
                .filter(pod -> Owner.deploys(server, pod))
                .toList();
    }

    /** Evicted, for one: it never runs again, and has its successor. */
    private static boolean isOver(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Failed".equals(phase) || "Succeeded".equals(phase);
    }

    /** A tunnel's status is of no concern here. */
    private static boolean isAnother(SshTunnel now, SshTunnel before) {
        return now.isMarkedForDeletion()
                || !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !Objects.equals(
                        now.getMetadata().getUid(), before.getMetadata().getUid());
    }

    private static Set<ResourceID> concernedBy(SshTunnel tunnel, Exchange exchange) {
        var servers = new HashSet<>(exchange.carriers(ResourceID.fromResource(tunnel)));
        servers.add(id(tunnel, tunnel.serverName()));
        return servers;
    }

    private static Set<ResourceID> serverOf(Pod pod) {
        String server = pod.getMetadata().getLabels().get(Labels.SERVER);
        return server == null ? Set.of() : Set.of(id(pod, server));
    }

    private Set<ResourceID> publishing(Service service) {
        return tunnels
                .byIndex(BY_TARGET_SERVICE, key(service, service.getMetadata().getName()))
                .stream()
                .map(tunnel -> id(tunnel, tunnel.serverName()))
                .collect(Collectors.toSet());
    }

    private static Stream<String> targetServices(SshTunnel tunnel) {
        return EffectiveForwards.of(tunnel.getSpec()).stream()
                .filter(forward -> forward.target() != null && forward.target().serviceRef() != null)
                .map(forward -> key(tunnel, forward.target().serviceRef().name()))
                .distinct();
    }

    private static String key(HasMetadata neighbour, String name) {
        return neighbour.getMetadata().getNamespace() + "/" + name;
    }

    private static ResourceID id(HasMetadata neighbour, String name) {
        return new ResourceID(name, neighbour.getMetadata().getNamespace());
    }
}
