package dev.sshtunnels.channel;

import java.nio.ByteBuffer;

/** One open channel as its endpoint uses it; event loop only. */
public interface Channel {

    /**
     * Sends data as far as the peer's window and the session allow.
     *
     * @param data what could not be sent remains; {@link ChannelEndpoint#writable()} tells when to go on
     */
    void write(ByteBuffer data);

    /** Bytes that {@link #write} would take now; 0 while the window is closed, keys are exchanged or the socket is full. */
    int writable();

    /** Sends SSH_MSG_CHANNEL_EOF: no more data from this side (RFC 4254 5.3). */
    void sendEof();

    /** Sends SSH_MSG_CHANNEL_CLOSE; data that arrived and was not consumed counts as dropped, as does what arrives later. */
    void close();

    /** Tells that so many received bytes have left this process, so that the peer's window may grow by them. */
    void consumed(int bytes);
}
