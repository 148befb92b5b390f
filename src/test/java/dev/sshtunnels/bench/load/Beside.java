package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.rig.Contestant;
import dev.sshtunnels.bench.rig.Forwarder;
import dev.sshtunnels.bench.rig.Poll;
import dev.sshtunnels.bench.rig.Route;
import dev.sshtunnels.bench.rig.Tool;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Fairness between channels: small messages to and fro, while four others move as much as they can. */
final class Beside implements Load {

    private static final int STREAMS = 4;
    private static final Duration TIME = Duration.ofSeconds(3);
    private static final int BULK_SECONDS = 5;

    private static final Duration QUEUES_ARE_FULL = Duration.ofSeconds(1);
    private static final double MICROSECONDS = 1000;

    private final Bulk.Way way;
    private final Figure p50;
    private final Figure p99;
    private final Figure bulk;

    Beside(Bulk.Way way, Figure p50, Figure p99, Figure bulk) {
        this.way = way;
        this.p50 = p50;
        this.p99 = p99;
        this.bulk = bulk;
    }

    @Override
    public Set<Figure> figures() {
        return Set.of(p50, p99, bulk);
    }

    @Override
    public Map<Figure, Double> run(Contestant contestant) {
        Forwarder forwarder = contestant.near();
        try (Tool others = forwarder.start(Bulk.command(forwarder.port(Route.BULK), way, STREAMS, BULK_SECONDS))) {
            Poll.pause(QUEUES_ARE_FULL);
            Latency latency = Latency.measure(forwarder.port(Route.ECHO), TIME);
            double moved = Bulk.parse(others.await(Duration.ofSeconds(30))).gigabitsPerSecond();
            return Map.of(p50, latency.p50() / MICROSECONDS, p99, latency.p99() / MICROSECONDS, bulk, moved);
        }
    }
}
