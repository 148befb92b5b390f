package dev.sshtunnels.agent;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.SocksRefusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The metrics of one forward: {@code sshtunnel_active_connections}, {@code sshtunnel_connections_total},
 * {@code sshtunnel_accept_errors_total},
 * {@code sshtunnel_connections_rejected_total} and {@code sshtunnel_socks_refused_total}, which are there when there was
 * one, and {@code sshtunnel_bytes_total}, which grows when a connection ends.
 */
final class ForwardMeters {

    private final MeterRegistry registry;
    private final AtomicInteger active = new AtomicInteger();
    private final Gauge activeGauge;
    private final Counter finished;
    private final Counter failed;
    private final Counter acceptErrors;
    private final Counter sent;
    private final Counter received;
    private final Tags tags;
    private final Map<Reason, Counter> rejected = new ConcurrentHashMap<>();
    private final Map<SocksRefusal, Counter> socksRefused = new ConcurrentHashMap<>();

    ForwardMeters(MeterRegistry registry, ForwardKey key) {
        this.registry = registry;
        tags = Tags.of("tunnel", key.tunnel(), "forward", key.forward());
        activeGauge = Gauge.builder("sshtunnel.active.connections", active, AtomicInteger::get)
                .description("Connections that are open now")
                .tags(tags)
                .register(registry);
        finished = connections("closed");
        failed = connections("failed");
        acceptErrors = Counter.builder("sshtunnel.accept.errors")
                .description("Attempts to accept a waiting client that failed, for want of descriptors for example")
                .tags(tags)
                .register(registry);
        sent = bytes("sent");
        received = bytes("received");
    }

    private Counter connections(String result) {
        return Counter.builder("sshtunnel.connections")
                .description("Connections that have ended: closed by both sides, or failed")
                .tags(tags.and("result", result))
                .register(registry);
    }

    private Counter bytes(String direction) {
        return Counter.builder("sshtunnel.bytes")
                .description("Payload of connections that have ended: sent to the SSH server, or received from it")
                .tags(tags.and("direction", direction))
                .register(registry);
    }

    private Counter rejections(Reason reason) {
        return Counter.builder("sshtunnel.connections.rejected")
                .description("Connections that were reset at once, because the client may not come in")
                .tags(tags.and("reason", reason.name()))
                .register(registry);
    }

    private Counter refusals(SocksRefusal cause) {
        return Counter.builder("sshtunnel.socks.refused")
                .description("SOCKS clients that were turned away before anything was connected")
                .tags(tags.and("reason", cause.name()))
                .register(registry);
    }

    void opened() {
        active.incrementAndGet();
    }

    void closed(long sentBytes, long receivedBytes, boolean hasFailed) {
        active.decrementAndGet();
        (hasFailed ? failed : finished).increment();
        sent.increment(sentBytes);
        received.increment(receivedBytes);
    }

    void acceptFailed() {
        acceptErrors.increment();
    }

    void rejected(Reason reason) {
        rejected.computeIfAbsent(reason, this::rejections).increment();
    }

    void socksRefused(SocksRefusal cause) {
        socksRefused.computeIfAbsent(cause, this::refusals).increment();
    }

    void remove() {
        List<Meter> meters = new ArrayList<>(List.of(activeGauge, finished, failed, acceptErrors, sent, received));
        meters.addAll(rejected.values());
        meters.addAll(socksRefused.values());
        meters.forEach(registry::remove);
    }
}
