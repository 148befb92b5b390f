package dev.sshtunnels.forward.connection;

import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.forward.socket.ConnectFailure;

/** Hears how a connection fares; event loop only. */
public interface ConnectionObserver {

    /** The channel is open: bytes flow. */
    void opened(TunnelConnection connection);

    /**
     * The peer refused the channel, or did not answer in time.
     *
     * @param description the peer's words, untrusted
     */
    void openFailed(TunnelConnection connection, ConnectFailure cause, String description);

    /** The connection ended; told once for each. */
    void ended(TunnelConnection connection, ConnectionEnd end);
}
