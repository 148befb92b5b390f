package dev.sshtunnels.channel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A session that keeps its packets; it can be made to exchange keys, and to have enough data under way. */
final class RecordingSink implements PacketSink {

    private final PacketBuilder builder = new PacketBuilder();
    private final List<byte[]> sent = new ArrayList<>();
    private boolean exchangingKeys;
    private boolean holdingBack;
    private long round;

    @Override
    public PacketBuilder packet() {
        return builder;
    }

    @Override
    public boolean send() {
        if (exchangingKeys) {
            return false;
        }
        int start = PacketBuilder.HEADER;
        sent.add(Arrays.copyOfRange(builder.array(), start, start + builder.payloadLength()));
        return true;
    }

    @Override
    public boolean takesData() {
        return !exchangingKeys && !holdingBack;
    }

    @Override
    public boolean takesLittle() {
        return !exchangingKeys;
    }

    @Override
    public long round() {
        return round;
    }

    void holdBack() {
        holdingBack = true;
    }

    void nextRound() {
        round++;
    }

    void exchangeKeys(boolean on) {
        exchangingKeys = on;
    }

    /** Message numbers sent so far, in order. */
    List<Integer> messages() {
        return sent.stream().map(packet -> packet[0] & 0xff).toList();
    }

    /** The last packet behind its message number. */
    PacketView last() {
        byte[] packet = sent.getLast();
        return new PacketView().of(packet, 1, packet.length - 1);
    }

    int count(int message) {
        return (int) messages().stream().filter(number -> number == message).count();
    }
}
