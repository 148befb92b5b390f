package dev.sshtunnels.channel;

/** What is told when a {@code direct-tcpip} channel is opened (RFC 4254 7.2). */
record DirectTcpip(String host, int port, String originatorHost, int originatorPort) implements Opening {

    @Override
    public PacketBuilder writeTo(PacketBuilder packet, int channel, int window) {
        return packet.string("direct-tcpip")
                .uint32(channel)
                .uint32(window)
                .uint32(Windows.MAX_PACKET)
                .string(host)
                .uint32(port)
                .string(originatorHost)
                .uint32(originatorPort);
    }
}
