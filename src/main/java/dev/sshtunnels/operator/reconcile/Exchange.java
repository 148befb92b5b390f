package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.operator.follow.Followers;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.operator.resolve.ServerPlan;
import dev.sshtunnels.operator.resolve.TunnelPlan;
import dev.sshtunnels.operator.status.Agent;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What the two reconcilers tell each other, in memory: a server's plan and the state of its agents are made by the one
 * and shown by the other. Whoever is concerned by a change is reconciled.
 */
final class Exchange implements AutoCloseable {
    private final Map<ResourceID, ServerPlan> plans = new ConcurrentHashMap<>();
    private final Map<ResourceID, List<PodState>> pods = new ConcurrentHashMap<>();
    private final SimpleInboundEventSource<SshServer> serverEvents = new SimpleInboundEventSource<>("agent-reports");
    private final SimpleInboundEventSource<SshTunnel> tunnelEvents = new SimpleInboundEventSource<>("server-plans");
    private final Followers<ResourceID> followers = new Followers<>(this::reported);

    SimpleInboundEventSource<SshServer> serverEvents() {
        return serverEvents;
    }

    SimpleInboundEventSource<SshTunnel> tunnelEvents() {
        return tunnelEvents;
    }

    /** The last plan of the server with this uid, as far as this process has made one. */
    Optional<ServerPlan> last(ResourceID server, String uid) {
        return Optional.ofNullable(plans.get(server))
                .filter(plan -> plan.server().equals(uid));
    }

    /** @param known all servers there are; plans of others are forgotten */
    void publish(ResourceID server, ServerPlan plan, Set<ResourceID> known) {
        ServerPlan before = plans.put(server, plan);
        plans.keySet().retainAll(known);
        pods.keySet().retainAll(known);
        Map<String, TunnelPlan> old = before == null ? Map.of() : before.tunnels();
        var names = new HashSet<>(old.keySet());
        names.addAll(plan.tunnels().keySet());
        names.removeIf(name -> Objects.equals(old.get(name), plan.tunnels().get(name)));
        announce(server, names);
    }

    Optional<TunnelPlan> plan(ResourceID server, String tunnel) {
        return Optional.ofNullable(plans.get(server)).map(plan -> plan.tunnels().get(tunnel));
    }

    /** Servers of a namespace that have the tunnel in their plan, also one that it has left. */
    Set<ResourceID> carriers(ResourceID tunnel) {
        return plans.entrySet().stream()
                .filter(entry -> entry.getKey().getNamespace().equals(tunnel.getNamespace()))
                .filter(entry -> entry.getValue().tunnels().containsKey(tunnel.getName()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Makes these the pods of a server and follows those that run. */
    void pods(ResourceID server, List<PodState> states) {
        pods.put(server, states);
        followers.follow(
                server,
                states.stream().flatMap(state -> state.address().stream()).toList());
    }

    void podGone(String uid) {
        followers.forget(uid);
    }

    List<Agent> agents(ResourceID server) {
        return pods.getOrDefault(server, List.of()).stream()
                .map(state -> state.with(followers.report(state.uid()), followers.silence(state.uid())))
                .toList();
    }

    /** Whether its agents have just begun to be asked, so that nothing can be said about them yet. */
    boolean pending(ResourceID server) {
        return followers.pending(server);
    }

    private void reported(ResourceID server, Set<String> tunnels, boolean first) {
        serverEvents.propagateEvent(server);
        ServerPlan plan = plans.get(server);
        // The first report ends the waiting of all tunnels, also of those that it does not mention.
        announce(server, first && plan != null ? plan.tunnels().keySet() : tunnels);
    }

    private void announce(ResourceID server, Set<String> tunnels) {
        String namespace = server.getNamespace().orElseThrow();
        tunnels.forEach(name -> tunnelEvents.propagateEvent(new ResourceID(name, namespace)));
    }

    @Override
    public void close() {
        followers.close();
    }
}
