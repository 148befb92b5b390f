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

    /** A SOCKS client was told that its request failed: REP of RFC 1928 6, or 91 for SOCKS4. */
    void socksFailed(int reply);

    /** Counts the bytes of its connections while they pass. */
    ForwardTraffic traffic();

    /** A client's connection was taken, and its target is known. */
    void connectionOpened(ConnectionAccount connection);

    /** A connection's target has accepted it; {@link ConnectionAccount#age} tells how long that took. */
    void targetReached(ConnectionAccount connection);

    /** A waiting client could not be accepted, for want of descriptors for example; it waits on. */
    void acceptFailed();

    /** A client that connected to an L or D listener was not let in; its connection is reset. */
    void connectionRejected(Reason reason, InetAddress source);

    /** A connection ended; told once for each that was opened. */
    void connectionClosed(ConnectionAccount connection, ConnectionEnd end);
}
