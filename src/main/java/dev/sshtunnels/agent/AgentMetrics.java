package dev.sshtunnels.agent;

import dev.sshtunnels.api.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The agent's metrics: {@code sshtunnel_up}, {@code sshtunnel_connects_total}, {@code sshtunnel_reconnects_total},
 * {@code sshtunnel_keepalive_rtt_seconds}, and those of {@link ForwardMeters}.
 */
final class AgentMetrics {

    private final MeterRegistry registry;
    private final Timer keepAlive;
    private final AtomicInteger up = new AtomicInteger();
    private final ConcurrentHashMap<ForwardKey, ForwardMeters> forwards = new ConcurrentHashMap<>();

    AgentMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("sshtunnel.up", up, AtomicInteger::get)
                .description("1 while an authenticated SSH session is up")
                .register(registry);
        keepAlive = Timer.builder("sshtunnel.keepalive.rtt")
                .description("Time the server took to answer keep-alive questions")
                .register(registry);
    }

    void up(boolean isUp) {
        up.set(isUp ? 1 : 0);
    }

    void attempted(Reason reason) {
        Counter.builder("sshtunnel.connects")
                .description("Attempts to log in")
                .tag("result", reason == Reason.Connected ? "success" : "failure")
                .tag("reason", reason.name())
                .register(registry)
                .increment();
    }

    void lost(Reason reason) {
        Counter.builder("sshtunnel.reconnects")
                .description("Sessions that ended and had to be replaced")
                .tag("reason", reason.name())
                .register(registry)
                .increment();
    }

    void answered(Duration roundTrip) {
        keepAlive.record(roundTrip);
    }

    ForwardMeters forward(ForwardKey key) {
        return forwards.computeIfAbsent(key, k -> new ForwardMeters(registry, k));
    }

    /** Forgets forwards that no document asks for any more. */
    void keepOnly(Set<ForwardKey> wanted) {
        forwards.forEach((key, meters) -> {
            if (!wanted.contains(key) && forwards.remove(key, meters)) {
                meters.remove();
            }
        });
    }
}
