package dev.sshtunnels.forward.contract;

import dev.sshtunnels.tunnel.Checks;

/** A forward in force. Thread-safe. */
public interface OpenForward {

    /**
     * Ends the forward: the listener closes (here, or on the server by {@code cancel-tcpip-forward}).
     *
     * @param connections what becomes of the connections that it carries
     */
    void close(Connections connections);

    /**
     * Checks target and listener in another way from now on; connections are not touched. A SOCKS listener has no
     * target.
     */
    void check(Checks checks);

    /** Fate of open connections when their forward ends. */
    enum Connections {
        /** They go on until they end by themselves. */
        KEEP,
        /** They are reset (TCP RST). */
        RESET
    }
}
