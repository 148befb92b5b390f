package dev.sshtunnels.channel;

import static dev.sshtunnels.channel.Message.CHANNEL_OPEN_CONFIRMATION;

import java.nio.ByteBuffer;

/** A channel table between a session that is written down and a peer that a test plays. */
abstract class ChannelScenario {

    static final int PEER_ID = 77;
    static final int PEER_WINDOW = 100_000;

    final RecordingSink sink = new RecordingSink();
    final ChannelTable table = new ChannelTable(sink);
    final RecordingEndpoint endpoint = new RecordingEndpoint();

    Channel open() throws Exception {
        Channel channel = table.openDirectTcpip("a", 1, "::1", 2, endpoint);
        confirm();
        return channel;
    }

    void confirm() throws Exception {
        receivePacket(new PacketBuilder()
                .begin(CHANNEL_OPEN_CONFIRMATION)
                .uint32(0)
                .uint32(PEER_ID)
                .uint32(PEER_WINDOW)
                .uint32(Windows.MAX_PACKET));
    }

    void receive(int message, int channel, long... values) throws Exception {
        PacketBuilder packet = new PacketBuilder().begin(message).uint32(channel);
        for (long value : values) {
            packet.uint32(value);
        }
        receivePacket(packet);
    }

    void receive(int message, int channel, byte[] data) throws Exception {
        receivePacket(new PacketBuilder().begin(message).uint32(channel).string(ByteBuffer.wrap(data), data.length));
    }

    /** So many bytes for channel 0, in full packets. */
    void receiveData(int bytes) throws Exception {
        for (int i = 0; i < bytes; i += Windows.MAX_PACKET) {
            receive(Message.CHANNEL_DATA, 0, new byte[Windows.MAX_PACKET]);
        }
    }

    void receivePacket(PacketBuilder packet) throws Exception {
        int start = PacketBuilder.HEADER;
        table.receive(packet.array()[start] & 0xff, packet.array(), start + 1, packet.payloadLength() - 1);
    }
}
