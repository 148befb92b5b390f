package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.rig.Contestant;
import dev.sshtunnels.bench.rig.Forwarder;
import dev.sshtunnels.bench.rig.Route;
import dev.sshtunnels.bench.rig.Tool;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** {@code iperf3} through the tunnel, as fast as it goes, and what that costs the client. */
final class Throughput implements Load {

    private static final int SECONDS = 3;

    private final Route route;
    private final Bulk.Way way;
    private final int streams;
    private final Figure speed;
    private final Figure cost;

    /**
     * A load with two figures.
     *
     * @param speed in Gbit/s
     * @param cost seconds on processors per 10^9 bytes, or null for a load without
     */
    Throughput(Route route, Bulk.Way way, int streams, Figure speed, Figure cost) {
        this.route = route;
        this.way = way;
        this.streams = streams;
        this.speed = speed;
        this.cost = cost;
    }

    Throughput(Route route, Bulk.Way way, int streams, Figure speed) {
        this(route, way, streams, speed, null);
    }

    @Override
    public Set<Figure> figures() {
        return cost == null ? Set.of(speed) : Set.of(speed, cost);
    }

    @Override
    public Map<Figure, Double> run(Contestant contestant) {
        Forwarder forwarder = contestant.near();
        Duration before = forwarder.cpu();
        Bulk bulk = through(forwarder);
        double spent = forwarder.cpu().minus(before).toMillis() / 1000.0;
        Map<Figure, Double> values = new EnumMap<>(Figure.class);
        values.put(speed, bulk.gigabitsPerSecond());
        if (cost != null) {
            values.put(cost, spent / bulk.gigabytes());
        }
        return values;
    }

    private Bulk through(Forwarder forwarder) {
        try (Tool tool = forwarder.start(Bulk.command(forwarder.port(route), way, streams, SECONDS))) {
            return Bulk.parse(tool.await(Duration.ofSeconds(SECONDS + 20)));
        }
    }
}
