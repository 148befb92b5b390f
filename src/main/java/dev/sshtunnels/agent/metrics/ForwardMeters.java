package dev.sshtunnels.agent.metrics;

import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.forward.contract.ForwardTraffic;
import dev.sshtunnels.forward.contract.SocksRefusal;
import dev.sshtunnels.management.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The meters of one forward. Counters of what need never happen are there from the first time on, the others from the
 * start, so that their rate tells the first time too.
 */
public final class ForwardMeters {

    private final MeterRegistry registry;
    private final ForwardKey key;
    private final Set<Meter> meters = new HashSet<>();
    private final AtomicInteger active = new AtomicInteger();
    private final ForwardTraffic traffic = new ForwardTraffic();
    private final Map<ConnectionEnd.Result, Counter> ended = new EnumMap<>(ConnectionEnd.Result.class);
    private final Counter acceptErrors;
    private final Timer dials;
    private final ProbeMeters probe;
    private boolean removed;

    ForwardMeters(MeterRegistry registry, ForwardKey key) {
        this.registry = registry;
        this.key = key;
        meters.add(AgentMetric.ACTIVE_CONNECTIONS.metric().gauge(registry, active, AtomicInteger::get, labels()));
        Metric bytes = AgentMetric.BYTES.metric();
        meters.add(bytes.counter(registry, traffic, ForwardTraffic::sent, labels("sent")));
        meters.add(bytes.counter(registry, traffic, ForwardTraffic::received, labels("received")));
        for (ConnectionEnd.Result result : ConnectionEnd.Result.values()) {
            ended.put(result, own(AgentMetric.CONNECTIONS.metric().counter(registry, labels(result.label()))));
        }
        acceptErrors = own(AgentMetric.ACCEPT_ERRORS.metric().counter(registry, labels()));
        dials = own(AgentMetric.DIAL.metric().histogram(registry, labels()));
        probe = new ProbeMeters(registry, labels());
    }

    private String[] labels(String... more) {
        return Stream.concat(Stream.of(key.tunnel(), key.forward()), Stream.of(more))
                .toArray(String[]::new);
    }

    private <M extends Meter> M own(M meter) {
        meters.add(meter);
        return meter;
    }

    /** Counts the bytes of the forward's connections. */
    public ForwardTraffic traffic() {
        return traffic;
    }

    public void opened() {
        active.incrementAndGet();
    }

    public void reached(Duration took) {
        dials.record(took);
    }

    public void closed(ConnectionEnd.Result result) {
        active.decrementAndGet();
        ended.get(result).increment();
    }

    public void acceptFailed() {
        acceptErrors.increment();
    }

    public void rejected(Reason reason) {
        happened(AgentMetric.REJECTED, reason.name());
    }

    public void socksRefused(SocksRefusal cause) {
        happened(AgentMetric.SOCKS_REFUSED, cause.name());
    }

    public void socksFailed(int reply) {
        happened(AgentMetric.SOCKS_ERRORS, String.valueOf(reply));
    }

    /** Connections may outlive their forward; what happens to them then is not to bring meters back. */
    private synchronized void happened(AgentMetric what, String label) {
        if (!removed) {
            Counter counter = what.metric().counter(registry, labels(label));
            meters.add(counter);
            counter.increment();
        }
    }

    public void probed(boolean answered, Duration took) {
        probe.probed(answered, took);
    }

    public void probingEnded() {
        probe.remove();
    }

    synchronized void remove() {
        removed = true;
        probe.remove();
        meters.forEach(registry::remove);
    }
}
