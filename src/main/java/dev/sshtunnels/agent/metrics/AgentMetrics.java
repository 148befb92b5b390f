package dev.sshtunnels.agent.metrics;

import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.HostPort;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of the session, and of each forward those of {@link ForwardMeters}: see {@link AgentMetric}. */
public final class AgentMetrics {

    private final MeterRegistry registry;
    private final ConcurrentHashMap<HostPort, Gauge> endpoints = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ForwardKey, ForwardMeters> forwards = new ConcurrentHashMap<>();
    private final Counter hostKeyMismatches;
    private final Timer handshake;
    private final Timer keepAlive;
    private volatile HostPort connected;

    public AgentMetrics(MeterRegistry registry) {
        this.registry = registry;
        hostKeyMismatches = AgentMetric.HOST_KEY_MISMATCH.metric().counter(registry);
        handshake = AgentMetric.HANDSHAKE.metric().histogram(registry);
        keepAlive = AgentMetric.KEEPALIVE_RTT.metric().histogram(registry);
    }

    /** @param endpoint of the session that is up, null while there is none */
    public void up(HostPort endpoint) {
        connected = endpoint;
    }

    public void attempted(Reason reason) {
        AgentMetric.CONNECTS
                .metric()
                .counter(registry, reason == Reason.Connected ? "ok" : "failed", reason.name())
                .increment();
        if (reason == Reason.HostKeyMismatch) {
            hostKeyMismatches.increment();
        }
    }

    void loggedIn(Duration took) {
        handshake.record(took);
    }

    public void lost(Reason reason) {
        AgentMetric.RECONNECTS.metric().counter(registry, reason.name()).increment();
    }

    public void answered(Duration roundTrip) {
        keepAlive.record(roundTrip);
    }

    public ForwardMeters forward(ForwardKey key) {
        return forwards.computeIfAbsent(key, k -> new ForwardMeters(registry, k));
    }

    /** Shows what documents ask for, and forgets what they ask for no more. */
    public void planned(Collection<HostPort> wantedEndpoints, Set<ForwardKey> wantedForwards) {
        wantedEndpoints.forEach(endpoint -> endpoints.computeIfAbsent(endpoint, this::gauge));
        endpoints.forEach((endpoint, gauge) -> {
            if (!wantedEndpoints.contains(endpoint) && endpoints.remove(endpoint, gauge)) {
                registry.remove(gauge);
            }
        });
        forwards.forEach((key, meters) -> {
            if (!wantedForwards.contains(key) && forwards.remove(key, meters)) {
                meters.remove();
            }
        });
    }

    private Gauge gauge(HostPort endpoint) {
        return AgentMetric.UP
                .metric()
                .gauge(registry, this, metrics -> endpoint.equals(metrics.connected) ? 1 : 0, endpoint.toString());
    }
}
