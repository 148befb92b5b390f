package dev.sshtunnels.channel;

/** What is told when a channel is opened from this side (RFC 4254 5.1). */
sealed interface Opening permits DirectTcpip, DirectStreamlocal {

    /**
     * Appends everything behind the message number.
     *
     * @param channel our number
     * @param window initial window in bytes
     */
    PacketBuilder writeTo(PacketBuilder packet, int channel, int window);
}
