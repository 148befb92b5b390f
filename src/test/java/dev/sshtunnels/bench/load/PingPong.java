package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.rig.Contestant;
import dev.sshtunnels.bench.rig.Route;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Small messages to and fro on one connection, with nothing else in the tunnel. */
final class PingPong implements Load {

    private static final Duration TIME = Duration.ofSeconds(2);

    @Override
    public Set<Figure> figures() {
        return Set.of(Figure.PING_P50, Figure.PING_P99);
    }

    @Override
    public Map<Figure, Double> run(Contestant contestant) {
        Latency latency = Latency.measure(contestant.near().port(Route.ECHO), TIME);
        return Map.of(Figure.PING_P50, latency.p50(), Figure.PING_P99, latency.p99());
    }
}
