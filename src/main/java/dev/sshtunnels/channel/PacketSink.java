package dev.sshtunnels.channel;

/** Where a session's packets go; event loop only. */
public interface PacketSink {

    /** The builder for the next packet; one per session, so a packet is sent before the next one is begun. */
    PacketBuilder packet();

    /**
     * Seals and queues the packet in the builder.
     *
     * @return false when keys are being exchanged: nothing was sent, and {@link ChannelTable#sendable} tells when to try
     *     again (RFC 4253 7.1 forbids channel messages meanwhile)
     */
    boolean send();

    /** Whether data may be sent now: no key exchange is under way and the socket takes more. */
    boolean takesData();

    /** Whether a channel that sends little may send now, though {@link #takesData} may hold others back. */
    boolean takesLittle();

    /** Grows by one with each round trip to the peer that has data under way. */
    long round();
}
