package dev.sshtunnels.channel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Builds the payload of one packet in an array that has room for the packet's header before and its padding and tag
 * behind, so that it is sealed where it stands.
 *
 * <p>Data types as in RFC 4251 5.
 */
public final class PacketBuilder {

    /** Bytes before the payload: packet_length and padding_length (RFC 4253 6). */
    public static final int HEADER = 5;

    /** The largest payload: a full data message of {@link Windows#MAX_PACKET} bytes with its header. */
    private static final int MAX_PAYLOAD = Windows.MAX_PACKET + 1024;

    /** Up to 255 bytes of padding and 64 of MAC. */
    private static final int TRAILER = 320;

    private final byte[] array = new byte[HEADER + MAX_PAYLOAD + TRAILER];
    private int end;

    /** Starts a payload. */
    public PacketBuilder begin(int message) {
        array[HEADER] = (byte) message;
        end = HEADER + 1;
        return this;
    }

    public PacketBuilder uint32(long value) {
        array[end] = (byte) (value >>> 24);
        array[end + 1] = (byte) (value >>> 16);
        array[end + 2] = (byte) (value >>> 8);
        array[end + 3] = (byte) value;
        end += 4;
        return this;
    }

    public PacketBuilder string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        uint32(bytes.length);
        System.arraycopy(bytes, 0, array, end, bytes.length);
        end += bytes.length;
        return this;
    }

    /** Appends a string of {@code length} bytes taken from the buffer. */
    public PacketBuilder string(ByteBuffer data, int length) {
        uint32(length);
        data.get(array, end, length);
        end += length;
        return this;
    }

    /** The array; the payload is at {@code [HEADER, HEADER + payloadLength())}. */
    public byte[] array() {
        return array;
    }

    public int payloadLength() {
        return end - HEADER;
    }
}
