package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.rig.Contestant;
import dev.sshtunnels.bench.rig.Distance;
import dev.sshtunnels.bench.rig.Forwarder;
import dev.sshtunnels.bench.rig.Poll;
import dev.sshtunnels.bench.rig.Route;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What it takes to hold many connections that once carried something.
 *
 * <p>In a process of its own: {@code ssh} and sshd look at every entry of their channel table in every turn, and the
 * table never shrinks, so that all later loads would be slower through a session that once held as many.
 */
final class IdleConnections implements Load {

    private static final int CONNECTIONS = 10_000;
    private static final Duration SETTLED = Duration.ofSeconds(1);

    @Override
    public Set<Figure> figures() {
        return Set.of(Figure.IDLE_MEMORY);
    }

    /** Holding that many takes {@code ssh} and sshd long: each of their turns looks at all of them. */
    @Override
    public int rounds() {
        return 2;
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public Map<Figure, Double> run(Contestant contestant) {
        try (Forwarder forwarder = contestant.fresh(Distance.NEAR)) {
            forwarder.awaitReady();
            return Map.of(Figure.IDLE_MEMORY, whileHeld(forwarder));
        }
    }

    private static double whileHeld(Forwarder forwarder) {
        try (Clients clients = new Clients(forwarder.port(Route.HTTP))) {
            clients.openMany(CONNECTIONS);
            Poll.pause(SETTLED);
            return forwarder.residentMiB();
        }
    }
}
