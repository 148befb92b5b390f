package dev.sshtunnels.forward;

/** Hears how a connection fares; event loop only. */
interface ConnectionObserver {

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
