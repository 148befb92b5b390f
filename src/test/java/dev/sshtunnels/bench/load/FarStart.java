package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.rig.Contestant;
import dev.sshtunnels.bench.rig.Distance;
import dev.sshtunnels.bench.rig.Forwarder;
import dev.sshtunnels.bench.rig.Route;
import java.util.Map;
import java.util.Set;

/** The first bulk data of a session to a server far away: how soon a process that has just started finds out what the way carries. */
record FarStart(Bulk.Way way, Figure figure) implements Load {

    private static final int SECONDS = 2;

    @Override
    public Set<Figure> figures() {
        return Set.of(figure);
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public Map<Figure, Double> run(Contestant contestant) {
        try (Forwarder forwarder = contestant.fresh(Distance.FAR)) {
            forwarder.awaitReady();
            Bulk bulk = Bulk.through(forwarder, Route.BULK, way, 1, SECONDS);
            return Map.of(figure, bulk.gigabitsPerSecond());
        }
    }
}
