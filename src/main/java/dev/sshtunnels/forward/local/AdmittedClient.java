package dev.sshtunnels.forward.local;

import dev.sshtunnels.forward.connection.TunnelConnection;
import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.forward.socket.SocketEnd;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** A client that was let in; whoever ends its socket says so. Event loop only. */
public final class AdmittedClient {

    private final SocketChannel socket;
    private final InetSocketAddress source;
    private final AdmissionGate gate;
    private TunnelConnection connection;
    private long bytes;
    private long idleSinceNanos = System.nanoTime();

    AdmittedClient(SocketChannel socket, InetSocketAddress source, AdmissionGate gate) {
        this.socket = socket;
        this.source = source;
        this.gate = gate;
    }

    SocketChannel socket() {
        return socket;
    }

    public InetSocketAddress source() {
        return source;
    }

    /** Told when the client has its connection: at once for L, after the SOCKS handshake for D. */
    void connected(TunnelConnection itsConnection) {
        connection = itsConnection;
    }

    /** Its socket is closed: it counts no more. */
    void left() {
        gate.left(this);
    }

    /**
     * Compares how many bytes have passed with the last time it was asked; how long there has been none, at least.
     * Before it has a connection, another timeout is at work.
     */
    long idleNanos(long nowNanos) {
        long passed = connection == null ? 0 : connection.account().bytes();
        if (passed != bytes || connection == null) {
            bytes = passed;
            idleSinceNanos = nowNanos;
        }
        return nowNanos - idleSinceNanos;
    }

    /** Ends it at once, with a RST. */
    void reset(ConnectionEnd cause) {
        if (connection == null) {
            turnAway();
        } else {
            connection.reset(cause);
        }
    }

    /** Ends it before it has a connection, with a RST. */
    public void turnAway() {
        SocketEnd.reset(socket);
        left();
    }
}
