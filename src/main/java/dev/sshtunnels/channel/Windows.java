package dev.sshtunnels.channel;

/** Sizes that both directions of a channel keep to, in bytes (RFC 4254 5.2). */
public final class Windows {

    /** The most that a peer may send before it is told that data left this process; as OpenSSH's CHAN_TCP_WINDOW_DEFAULT. */
    public static final int MAX_WINDOW = 2 << 20;

    /** The largest data message either way; as OpenSSH's CHAN_TCP_PACKET_DEFAULT. */
    public static final int MAX_PACKET = 32 << 10;

    /** How much must have left before the window is adjusted: fewer adjustments than packets, as OpenSSH does. */
    static final int ADJUST_THRESHOLD = 3 * MAX_PACKET;

    private Windows() {}
}
