package dev.sshtunnels.forward;

/** A forward in force. Thread-safe. */
public interface OpenForward {

    /**
     * Ends the forward: the listener closes (here, or on the server by {@code cancel-tcpip-forward}).
     *
     * @param connections what becomes of the connections that it carries
     */
    void close(Connections connections);

    /** Fate of open connections when their forward ends. */
    enum Connections {
        /** They go on until they end by themselves. */
        KEEP,
        /** They are reset (TCP RST). */
        RESET
    }
}
