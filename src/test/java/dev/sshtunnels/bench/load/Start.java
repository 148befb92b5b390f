package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.rig.BrokenException;
import dev.sshtunnels.bench.rig.Contestant;
import dev.sshtunnels.bench.rig.Distance;
import dev.sshtunnels.bench.rig.Forwarder;
import dev.sshtunnels.bench.rig.Poll;
import dev.sshtunnels.bench.rig.Route;
import dev.sshtunnels.bench.rig.Tool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A process that has just started: how soon it forwards, what it keeps in memory, and how fast its first second is. */
final class Start implements Load {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SETTLED = Duration.ofSeconds(1);
    private static final double NANOSECONDS = 1e6;

    @Override
    public Set<Figure> figures() {
        return Set.of(Figure.START_FIRST_BYTE, Figure.START_MEMORY, Figure.START_FIRST_HALF, Figure.START_SECOND_HALF);
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public Map<Figure, Double> run(Contestant contestant) {
        long begin = System.nanoTime();
        try (Forwarder forwarder = contestant.fresh(Distance.NEAR)) {
            awaitFirstByte(forwarder);
            double first = (System.nanoTime() - begin) / NANOSECONDS;
            Poll.pause(SETTLED);
            double memory = forwarder.residentMiB();
            List<Double> halves = firstSecond(forwarder);
            return Map.of(
                    Figure.START_FIRST_BYTE,
                    first,
                    Figure.START_MEMORY,
                    memory,
                    Figure.START_FIRST_HALF,
                    halves.get(0),
                    Figure.START_SECOND_HALF,
                    halves.get(1));
        }
    }

    private static void awaitFirstByte(Forwarder forwarder) {
        Poll.until(
                PATIENCE,
                () -> answers(forwarder.port(Route.HTTP)),
                () -> new BrokenException("no answer through a tunnel that has just started"));
    }

    private static boolean answers(int port) {
        try (Clients clients = new Clients(port)) {
            clients.openOne();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static List<Double> firstSecond(Forwarder forwarder) {
        try (Tool tool =
                forwarder.start(Bulk.command(forwarder.port(Route.BULK), Bulk.Way.UP, 1, 1, "--interval", "0.5"))) {
            return Bulk.parse(tool.await(PATIENCE)).intervals();
        }
    }
}
