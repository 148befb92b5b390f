package dev.sshtunnels.bench.rig;

/** A client in the benchmark: one process for the whole of it, warm after the first traffic, and fresh ones when a load asks. */
public final class Contestant implements AutoCloseable {

    private final Client client;
    private final Rig rig;
    private Forwarder near;

    public Contestant(Client client, Rig rig) {
        this.client = client;
        this.rig = rig;
    }

    public String name() {
        return client.name();
    }

    /** The process that serves all loads on loopback, ready. */
    public Forwarder near() {
        if (near == null) {
            near = rig.start(client, Place.HERE);
            near.awaitReady();
        }
        return near;
    }

    /** A further process, just started, to be closed by the caller. */
    public Forwarder fresh() {
        return rig.start(client, Place.HERE);
    }

    @Override
    public void close() {
        if (near != null) {
            near.close();
        }
    }
}
