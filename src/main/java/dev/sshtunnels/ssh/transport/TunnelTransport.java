package dev.sshtunnels.ssh.transport;

import dev.sshtunnels.channel.Channels;

/** What a session on the event loop offers beyond MINA's. */
public interface TunnelTransport {

    /** The session's channels; event loop only. */
    Channels channels();

    /** {@link System#nanoTime()} of the last bytes that came from the server. */
    long lastInboundNanos();
}
