package dev.sshtunnels.forward;

import dev.sshtunnels.tunnel.TargetProbe;
import java.util.Optional;

/** A forward in force. Thread-safe. */
public interface OpenForward {

    /**
     * Ends the forward: the listener closes (here, or on the server by {@code cancel-tcpip-forward}).
     *
     * @param connections what becomes of the connections that it carries
     */
    void close(Connections connections);

    /**
     * Checks the target in another way from now on; connections are not touched. A SOCKS listener has no target.
     *
     * @param probe empty for not at all, as it is at first
     */
    void probe(Optional<TargetProbe> probe);

    /** Fate of open connections when their forward ends. */
    enum Connections {
        /** They go on until they end by themselves. */
        KEEP,
        /** They are reset (TCP RST). */
        RESET
    }
}
