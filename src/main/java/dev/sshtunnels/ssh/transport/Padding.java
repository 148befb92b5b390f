package dev.sshtunnels.ssh.transport;

import dev.sshtunnels.channel.PacketBuilder;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Random padding (RFC 4253 6), drawn in bulk since a packet needs few bytes; each byte is used once. */
final class Padding {

    private static final int MINIMUM = 4;

    private final SecureRandom random = new SecureRandom();
    private final byte[] pool = new byte[4096];
    private int used = pool.length;

    /** Length that fills {@code bytes} up to whole blocks, at least 4. */
    static int length(int bytes, int block) {
        int fill = block - bytes % block;
        return fill < MINIMUM ? fill + block : fill;
    }

    /**
     * Puts length fields before a payload and padding behind it.
     *
     * @param packet the payload begins behind {@link PacketBuilder#HEADER} bytes
     * @return packet_length, which does not count its own field
     */
    int frame(byte[] packet, int payload, int block) {
        int padding = length(payload + 1, block);
        int packetLength = 1 + payload + padding;
        ByteBuffer.wrap(packet).putInt(packetLength).put((byte) padding);
        fill(packet, PacketBuilder.HEADER + payload, padding);
        return packetLength;
    }

    private void fill(byte[] array, int offset, int length) {
        if (used + length > pool.length) {
            random.nextBytes(pool);
            used = 0;
        }
        System.arraycopy(pool, used, array, offset, length);
        used += length;
    }
}
