package dev.sshtunnels.ssh.transport;

import dev.sshtunnels.channel.Channels;

/** What a session on the event loop offers beyond MINA's. */
public interface TunnelTransport {

    /** The session's channels; event loop only. */
    Channels channels();

    /** {@link System#nanoTime()} of the last bytes that came from the server. */
    long lastInboundNanos();

    /**
     * Asks for an answer of any kind, as ssh does to learn whether the server is alive ({@code keepalive@openssh.com}); event loop only.
     *
     * @param answered runs when the server has worked off everything that was sent before the question
     */
    void ask(Runnable answered);
}
