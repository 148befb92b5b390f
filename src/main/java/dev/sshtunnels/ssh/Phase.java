package dev.sshtunnels.ssh;

/** How far a login came, in order. */
enum Phase {
    RESOLVE,
    CONNECT,
    HANDSHAKE,
    AUTHENTICATION
}
