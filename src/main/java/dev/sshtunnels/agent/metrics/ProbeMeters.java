package dev.sshtunnels.agent.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * The meters of one target's last probe, which are there while it is probed. Written by the event loop, removed by any
 * thread.
 */
final class ProbeMeters {

    private static final double NANOS_PER_SECOND = 1e9;

    private final MeterRegistry registry;
    private final String[] labels;
    private volatile boolean answered;
    private volatile long nanos;
    private Gauge success;
    private Gauge duration;

    /** @param labels tunnel and forward */
    ProbeMeters(MeterRegistry registry, String[] labels) {
        this.registry = registry;
        this.labels = labels;
    }

    synchronized void probed(boolean hasAnswered, Duration took) {
        answered = hasAnswered;
        nanos = took.toNanos();
        if (success == null) {
            success = AgentMetric.PROBE_SUCCESS.metric().gauge(registry, this, my -> my.answered ? 1 : 0, labels);
            duration = AgentMetric.PROBE_DURATION
                    .metric()
                    .gauge(registry, this, my -> my.nanos / NANOS_PER_SECOND, labels);
        }
    }

    synchronized void remove() {
        if (success != null) {
            registry.remove(success);
            registry.remove(duration);
            success = null;
            duration = null;
        }
    }
}
