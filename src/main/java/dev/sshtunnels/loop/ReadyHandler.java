package dev.sshtunnels.loop;

/** Handles the readiness of one socket; called on the event loop only. */
public interface ReadyHandler {

    /**
     * The socket is ready.
     *
     * @param operations bit set of {@link java.nio.channels.SelectionKey} operations
     */
    void ready(int operations) throws Exception;

    /** {@link #ready} threw; the handler must leave nothing open. */
    void failed(Exception cause);
}
