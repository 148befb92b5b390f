package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.rig.BrokenException;
import dev.sshtunnels.bench.rig.Contestant;
import dev.sshtunnels.bench.rig.Forwarder;
import dev.sshtunnels.bench.rig.Poll;
import dev.sshtunnels.bench.rig.Route;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** What it takes to hold many connections that once carried something, in the process that served all other loads. */
final class IdleConnections implements Load {

    private static final int CONNECTIONS = 10_000;
    private static final int LEFT_OPEN = 100;
    private static final Duration SETTLED = Duration.ofSeconds(1);

    @Override
    public Set<Figure> figures() {
        return Set.of(Figure.IDLE_MEMORY);
    }

    /** Holding that many takes {@code ssh} and sshd long: each of their turns looks at all of them. */
    @Override
    public int rounds() {
        return 3;
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public Map<Figure, Double> run(Contestant contestant) {
        Forwarder forwarder = contestant.near();
        long base = forwarder.descriptors();
        double held = whileHeld(forwarder);
        Poll.until(
                Duration.ofSeconds(20),
                () -> forwarder.descriptors() <= base + LEFT_OPEN,
                () -> new BrokenException(contestant.name() + " still holds descriptors of clients that are gone: "
                        + forwarder.descriptors()));
        Poll.pause(SETTLED);
        return Map.of(Figure.IDLE_MEMORY, held);
    }

    private static double whileHeld(Forwarder forwarder) {
        try (Clients clients = new Clients(forwarder.port(Route.HTTP))) {
            clients.openMany(CONNECTIONS);
            Poll.pause(SETTLED);
            return forwarder.residentMiB();
        }
    }
}
