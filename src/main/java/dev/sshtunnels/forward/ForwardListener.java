package dev.sshtunnels.forward;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.Finding;
import java.net.InetAddress;

/** Hears what happens with one forward; called on the event loop, must not block. */
public interface ForwardListener {

    /** The listener's state changed. */
    void stateChanged(ForwardState state);

    /** It was found out where an R listener can be reached, and that is news. */
    void exposureFound(Exposure exposure);

    /** A connection to the target succeeded or failed; told only when the reason differs from the last one told. */
    void targetFound(Finding finding);

    /** A client of a SOCKS listener was turned away before anything was connected. */
    void socksRefused(SocksRefusal cause);

    /** A client's connection was taken. */
    void connectionOpened();

    /** A waiting client could not be accepted, for want of descriptors for example; it waits on. */
    void acceptFailed();

    /** A client that connected to an L or D listener was not let in; its connection is reset. */
    void connectionRejected(Reason reason, InetAddress source);

    /**
     * A connection ended.
     *
     * @param sentBytes towards the server (all modes)
     * @param receivedBytes from the server
     * @param failed whether it ended because of an error rather than by both sides' FIN
     */
    void connectionClosed(long sentBytes, long receivedBytes, boolean failed);
}
