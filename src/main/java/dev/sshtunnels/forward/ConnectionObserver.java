package dev.sshtunnels.forward;

/** Hears how a connection fares; event loop only. */
interface ConnectionObserver {

    /** The channel is open: bytes flow. */
    void opened(TunnelConnection connection);

    /** The peer refused the channel (RFC 4254 5.1). */
    void openFailed(TunnelConnection connection, int reason, String description);

    /** The connection ended; told once for each. */
    void ended(TunnelConnection connection, long sentBytes, long receivedBytes, boolean failed);
}
