package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.rig.Contestant;
import dev.sshtunnels.bench.rig.Forwarder;
import dev.sshtunnels.bench.rig.Route;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code iperf3} through the tunnel, as fast as it goes, and what that costs the client.
 *
 * @param speed in Gbit/s
 * @param cost seconds on processors per 10^9 bytes
 */
record Throughput(Route route, Bulk.Way way, int streams, Figure speed, Optional<Figure> cost) implements Load {

    private static final int SECONDS = 3;

    @Override
    public Set<Figure> figures() {
        return Stream.concat(Stream.of(speed), cost.stream()).collect(Collectors.toSet());
    }

    @Override
    public Map<Figure, Double> run(Contestant contestant) {
        Forwarder forwarder = contestant.near();
        Duration before = forwarder.cpu();
        Bulk bulk = Bulk.through(forwarder, route, way, streams, SECONDS);
        double spent = forwarder.cpu().minus(before).toMillis() / 1000.0;
        Map<Figure, Double> values = new EnumMap<>(Figure.class);
        values.put(speed, bulk.gigabitsPerSecond());
        cost.ifPresent(figure -> values.put(figure, spent / bulk.gigabytes()));
        return values;
    }
}
