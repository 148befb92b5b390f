package dev.sshtunnels.channel;

/** A channel to a Unix socket on the server (OpenSSH PROTOCOL 2.4). */
record DirectStreamlocal(String path) implements Opening {

    @Override
    public PacketBuilder writeTo(PacketBuilder packet, int channel, int window) {
        return packet.string("direct-streamlocal@openssh.com")
                .uint32(channel)
                .uint32(window)
                .uint32(Windows.MAX_PACKET)
                .string(path)
                .string("")
                .uint32(0);
    }
}
