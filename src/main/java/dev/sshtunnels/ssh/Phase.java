package dev.sshtunnels.ssh;

/** How far a login came, in order. */
enum Phase {
    RESOLVE,
    CONNECT,
    HANDSHAKE,
    AUTHENTICATION,
    /** The server has what it needs to say yes or no. */
    KEY_OFFERED
}
