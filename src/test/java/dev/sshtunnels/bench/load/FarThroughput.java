package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.rig.Contestant;
import dev.sshtunnels.bench.rig.Distance;
import dev.sshtunnels.bench.rig.Forwarder;
import dev.sshtunnels.bench.rig.Route;
import java.util.Map;
import java.util.Set;

/** {@code iperf3} through a tunnel to a server far away, where windows limit what is under way; without its slow start. */
record FarThroughput(Bulk.Way way, Figure figure) implements Load {

    private static final int SLOW_START_SECONDS = 1;
    private static final int SECONDS = 3;

    @Override
    public Set<Figure> figures() {
        return Set.of(figure);
    }

    /** The link is the limit, not how warm a process is. */
    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public Map<Figure, Double> run(Contestant contestant) {
        Forwarder forwarder = contestant.at(Distance.FAR);
        String slowStart = Integer.toString(SLOW_START_SECONDS);
        Bulk bulk = Bulk.through(forwarder, Route.BULK, way, 1, SECONDS, "--omit", slowStart);
        return Map.of(figure, bulk.gigabitsPerSecond());
    }
}
