package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.rig.Contestant;
import dev.sshtunnels.bench.rig.Forwarder;
import dev.sshtunnels.bench.rig.Route;
import dev.sshtunnels.bench.rig.Tool;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Small messages to and fro on one connection, with nothing else in the tunnel. */
final class PingPong implements Load {

    private static final int SECONDS = 2;

    @Override
    public Set<Figure> figures() {
        return Set.of(Figure.PING_P50, Figure.PING_P99);
    }

    @Override
    public Map<Figure, Double> run(Contestant contestant) {
        Forwarder forwarder = contestant.near();
        try (Tool tool = forwarder.start(Latency.command(forwarder.port(Route.ECHO), SECONDS))) {
            Latency latency = Latency.parse(tool.await(Duration.ofSeconds(SECONDS + 20)));
            return Map.of(Figure.PING_P50, latency.p50(), Figure.PING_P99, latency.p99());
        }
    }
}
