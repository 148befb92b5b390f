package dev.sshtunnels.channel;

/** What a channel delivers to: the side that holds the socket. Called on the event loop only. */
public interface ChannelEndpoint {

    /** Both sides have agreed on the channel: data may flow. */
    void opened(Channel channel);

    /**
     * The peer refused the channel.
     *
     * @param reason reason code of RFC 4254 5.1
     * @param description the peer's text, untrusted
     */
    void openFailed(int reason, String description);

    /** Data arrived; all of it must be taken before returning, {@link Channel#consumed} tells when it is gone. */
    void received(byte[] data, int offset, int length);

    /** Writing may go on. */
    void writable();

    /** The peer will send no more data. */
    void receivedEof();

    /** The peer closed the channel, or the session is {@code lost} and nothing will be delivered any more. */
    void closed(boolean lost);
}
