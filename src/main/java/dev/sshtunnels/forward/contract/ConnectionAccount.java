package dev.sshtunnels.forward.contract;

import dev.sshtunnels.channel.Originator;
import dev.sshtunnels.forward.contract.ConnectionEnd.Party;
import dev.sshtunnels.tunnel.Destination;
import java.time.Duration;

/** Who talks to whom over one forwarded connection, since when, and how much; event loop only. */
public final class ConnectionAccount {

    private final Originator client;
    private final Destination target;
    private final Party socket;
    private final ForwardTraffic forward;
    private final long sinceNanos = System.nanoTime();
    private long sent;
    private long received;

    /**
     * Begins when the target is known.
     *
     * @param socket which end has its socket here
     * @param forward counts along
     */
    public ConnectionAccount(Originator client, Destination target, Party socket, ForwardTraffic forward) {
        this.client = client;
        this.target = target;
        this.socket = socket;
        this.forward = forward;
    }

    /** Where the client connects from; for R in the words of the server. */
    public Originator client() {
        return client;
    }

    /** Where it is to be connected to; for SOCKS in the words of the client. */
    public Destination target() {
        return target;
    }

    /** Bytes towards the SSH server. */
    public long sent() {
        return sent;
    }

    /** Bytes from the SSH server. */
    public long received() {
        return received;
    }

    /** Time since the target was known. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - sinceNanos);
    }

    /** What it means that both directions ended. */
    public ConnectionEnd closed(boolean socketFirst) {
        boolean client = socketFirst == (socket == Party.CLIENT);
        return client ? ConnectionEnd.ClientClosed : ConnectionEnd.TargetClosed;
    }

    /** What it means that the socket failed. */
    public ConnectionEnd socketFailed() {
        return socket == Party.CLIENT ? ConnectionEnd.ClientReset : ConnectionEnd.TargetReset;
    }

    public long bytes() {
        return sent + received;
    }

    public void sent(int bytes) {
        sent += bytes;
        forward.sent(bytes);
    }

    public void received(int bytes) {
        received += bytes;
        forward.received(bytes);
    }
}
