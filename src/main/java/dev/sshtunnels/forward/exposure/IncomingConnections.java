package dev.sshtunnels.forward.exposure;

import dev.sshtunnels.channel.Channels;

/** What becomes of connections that arrive at a listener on the server; event loop only. */
public interface IncomingConnections {

    /** One arrived; it is accepted or refused, now or later. */
    void incoming(Channels.Incoming incoming);

    /** Ends all, those on their way included. */
    void resetAll();
}
