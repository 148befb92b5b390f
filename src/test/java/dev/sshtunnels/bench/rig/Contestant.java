package dev.sshtunnels.bench.rig;

import java.util.EnumMap;
import java.util.Map;

/** A client in the benchmark: one process for the whole of it, warm after the first traffic, and fresh ones when a load asks. */
public final class Contestant implements AutoCloseable {

    private final Client client;
    private final Rig rig;
    private final Map<Distance, Forwarder> running = new EnumMap<>(Distance.class);

    public Contestant(Client client, Rig rig) {
        this.client = client;
        this.rig = rig;
    }

    public String name() {
        return client.name();
    }

    /** The process that serves all loads on loopback, ready. */
    public Forwarder near() {
        return at(Distance.NEAR);
    }

    /** The process that serves all loads of a distance, ready. */
    public Forwarder at(Distance distance) {
        return running.computeIfAbsent(distance, this::ready);
    }

    private Forwarder ready(Distance distance) {
        Forwarder started = rig.start(client, distance);
        started.awaitReady();
        return started;
    }

    /** A further process, just started, to be closed by the caller. */
    public Forwarder fresh(Distance distance) {
        return rig.start(client, distance);
    }

    @Override
    public void close() {
        running.values().forEach(Forwarder::close);
    }
}
