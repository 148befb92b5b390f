package dev.sshtunnels.agent;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The metrics of one forward: {@code sshtunnel_active_connections}, {@code sshtunnel_connections_total},
 * {@code sshtunnel_accept_errors_total}, and {@code sshtunnel_bytes_total}, which grows when a connection ends.
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

    ForwardMeters(MeterRegistry registry, ForwardKey key) {
        this.registry = registry;
        Tags tags = Tags.of("tunnel", key.tunnel(), "forward", key.forward());
        activeGauge = Gauge.builder("sshtunnel.active.connections", active, AtomicInteger::get)
                .description("Connections that are open now")
                .tags(tags)
                .register(registry);
        finished = connections(tags, "closed");
        failed = connections(tags, "failed");
        acceptErrors = Counter.builder("sshtunnel.accept.errors")
                .description("Attempts to accept a waiting client that failed, for want of descriptors for example")
                .tags(tags)
                .register(registry);
        sent = bytes(tags, "sent");
        received = bytes(tags, "received");
    }

    private Counter connections(Tags tags, String result) {
        return Counter.builder("sshtunnel.connections")
                .description("Connections that have ended: closed by both sides, or failed")
                .tags(tags.and("result", result))
                .register(registry);
    }

    private Counter bytes(Tags tags, String direction) {
        return Counter.builder("sshtunnel.bytes")
                .description("Payload of connections that have ended: sent to the SSH server, or received from it")
                .tags(tags.and("direction", direction))
                .register(registry);
    }

    void opened() {
        active.incrementAndGet();
    }

    void acceptFailed() {
        acceptErrors.increment();
    }

    void closed(long sentBytes, long receivedBytes, boolean hasFailed) {
        active.decrementAndGet();
        (hasFailed ? failed : finished).increment();
        sent.increment(sentBytes);
        received.increment(receivedBytes);
    }

    void remove() {
        List<Meter> meters = List.of(activeGauge, finished, failed, acceptErrors, sent, received);
        meters.forEach(registry::remove);
    }
}
