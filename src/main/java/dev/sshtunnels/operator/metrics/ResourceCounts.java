package dev.sshtunnels.operator.metrics;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.api.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link OperatorMetric#RESOURCES}, counted anew at each scrape: objects come and go, and so do the labels' values. */
public final class ResourceCounts implements Collector {

    private static final State NEW = new State("Unknown", Reason.Progressing.name());

    private final Map<String, Supplier<Stream<List<Condition>>>> kinds = new ConcurrentHashMap<>();

    private record State(String ready, String reason) {}

    /**
     * Counts the objects of a kind too.
     *
     * @param conditions of each of its objects, asked for at each scrape; none for one without a status
     */
    public void count(String kind, Supplier<Stream<List<Condition>>> conditions) {
        kinds.put(kind, conditions);
    }

    @Override
    public MetricSnapshot collect() {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name(OperatorMetric.RESOURCES.metric().name())
                .help(OperatorMetric.RESOURCES.metric().meaning());
        kinds.forEach((kind, conditions) -> conditions
                .get()
                .collect(Collectors.groupingBy(ResourceCounts::state, Collectors.counting()))
                .forEach((state, count) -> gauge.dataPoint(point(kind, state, count))));
        return gauge.build();
    }

    private static State state(List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> condition.getType().equals(ConditionType.Ready.name()))
                .findFirst()
                .map(ready -> new State(ready.getStatus(), ready.getReason()))
                .orElse(NEW);
    }

    private static GaugeDataPointSnapshot point(String kind, State state, long count) {
        return GaugeDataPointSnapshot.builder()
                .value(count)
                .labels(Labels.of("kind", kind, "ready", state.ready(), "reason", state.reason()))
                .build();
    }
}
