package dev.sshtunnels.forward.contract;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.Finding;
import java.net.InetAddress;
import java.time.Duration;

/** Hears what happens with one forward; called on the event loop, must not block. */
public interface ForwardListener {

    /** The listener's state changed. */
    void stateChanged(ForwardState state);

    /** It was found out where an R listener can be reached, and that is news. */
    void exposureFound(Exposure exposure);

    /**
     * What is known of the target has changed, by clients' connections or by a probe. When clients make it change again and
     * again, the last change is told, but not each.
     */
    void targetFound(Finding finding);

    /**
     * A probe of the target ended, whether its outcome counts already or not.
     *
     * @param took from the first attempt to connect to the verdict
     */
    void probed(boolean answered, Duration took);

    /** The target is not probed any more. */
    void probingEnded();

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

    /** A client that connected to an L or D listener is not let in; it sees the reset only after this was told. */
    void connectionRejected(Reason reason, InetAddress source);

    /** A connection ended; told once for each that was opened. */
    void connectionClosed(ConnectionAccount connection, ConnectionEnd end);
}
