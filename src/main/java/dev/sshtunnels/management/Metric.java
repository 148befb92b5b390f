package dev.sshtunnels.management;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A metric as Prometheus shows it: meters are made from this, and so is its row in the documentation.
 *
 * @param name with the suffix that its type has, {@code _total} or {@code _seconds}
 * @param unit of its value
 * @param labels in the order in which their values are given
 * @param meaning one sentence
 * @param buckets upper bounds of a histogram's buckets; empty for other types
 */
public record Metric(String name, Type type, String unit, List<Label> labels, String meaning, List<Duration> buckets) {

    /** A type of the Prometheus text format. */
    public enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    /**
     * A dimension.
     *
     * @param values what it can be, for people
     */
    public record Label(String name, String values) {}

    public Metric {
        labels = List.copyOf(labels);
        buckets = List.copyOf(buckets);
    }

    /** Something that only grows; the name ends in {@code _total}. */
    public static Metric counter(String name, String unit, String meaning, Label... labels) {
        return new Metric(name, Type.COUNTER, unit, List.of(labels), meaning, List.of());
    }

    /** Something that goes up and down. */
    public static Metric gauge(String name, String unit, String meaning, Label... labels) {
        return new Metric(name, Type.GAUGE, unit, List.of(labels), meaning, List.of());
    }

    /** How long things take; the name ends in {@code _seconds}. */
    public static Metric histogram(String name, List<Duration> buckets, String meaning, Label... labels) {
        return new Metric(name, Type.HISTOGRAM, "seconds", List.of(labels), meaning, buckets);
    }

    /** The counter with these values of the labels; one and the same each time. */
    public Counter counter(MeterRegistry registry, String... values) {
        return Counter.builder(base()).description(meaning).tags(tags(values)).register(registry);
    }

    /** A counter that asks at each scrape; {@code state} has to be kept alive by its owner. */
    public <T> FunctionCounter counter(MeterRegistry registry, T state, ToDoubleFunction<T> count, String... values) {
        return FunctionCounter.builder(base(), state, count)
                .description(meaning)
                .tags(tags(values))
                .register(registry);
    }

    /** A gauge that asks at each scrape; {@code state} has to be kept alive by its owner. */
    public <T> Gauge gauge(MeterRegistry registry, T state, ToDoubleFunction<T> value, String... values) {
        return Gauge.builder(name, state, value)
                .description(meaning)
                .tags(tags(values))
                .register(registry);
    }

    /** The histogram with these values of the labels; one and the same each time. */
    public Timer histogram(MeterRegistry registry, String... values) {
        return Timer.builder(base())
                .description(meaning)
                .tags(tags(values))
                .serviceLevelObjectives(buckets.toArray(Duration[]::new))
                .register(registry);
    }

    /** The registry puts the suffix on again. */
    private String base() {
        return switch (type) {
            case COUNTER -> name.replaceFirst("_total$", "");
            case GAUGE -> name;
            case HISTOGRAM -> name.replaceFirst("_seconds$", "");
        };
    }

    private Tags tags(String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(name + " has the labels " + labels);
        }
        Tags tags = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            tags = tags.and(labels.get(i).name(), values[i]);
        }
        return tags;
    }
}
