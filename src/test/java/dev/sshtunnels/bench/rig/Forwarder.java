package dev.sshtunnels.bench.rig;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A client that runs, and holds all {@link Route}s. */
public final class Forwarder implements AutoCloseable {

    private final Daemon daemon;
    private final Place place;
    private final Map<Route, Integer> ports;

    Forwarder(Daemon daemon, Place place, Map<Route, Integer> ports) {
        this.daemon = daemon;
        this.place = place;
        this.ports = ports;
    }

    /** The port of loopback that leads to the route's target, in the place of the route's clients. */
    public int port(Route route) {
        return ports.get(route);
    }

    /** Waits until it listens for all routes. */
    public void awaitReady() {
        ports.forEach((route, port) -> {
            switch (route.direction()) {
                case LOCAL -> daemon.awaitListener(port);
                case REMOTE -> daemon.awaitListenerHere(port);
            }
        });
    }

    /** Starts a load generator where the clients of L are. */
    public Tool start(List<String> command) {
        return Tool.start(place.command(command));
    }

    /** Time on processors until now; in steps of 10 ms. */
    public Duration cpu() {
        return daemon.cpu();
    }

    /** Resident memory, in MiB. */
    public double residentMiB() {
        return daemon.residentMiB();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
