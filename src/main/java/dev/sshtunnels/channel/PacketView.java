package dev.sshtunnels.channel;

import java.nio.charset.StandardCharsets;

/** Reads the payload of a received packet where it lies; data types as in RFC 4251 5. */
public final class PacketView {

    private byte[] array;
    private int position;
    private int end;

    /** Looks at a payload behind its message number. */
    public PacketView of(byte[] bytes, int offset, int length) {
        array = bytes;
        position = offset;
        end = offset + length;
        return this;
    }

    public long uint32() throws MalformedPacketException {
        require(4);
        long value = (array[position] & 0xffL) << 24
                | (array[position + 1] & 0xff) << 16
                | (array[position + 2] & 0xff) << 8
                | array[position + 3] & 0xff;
        position += 4;
        return value;
    }

    public boolean bool() throws MalformedPacketException {
        require(1);
        return array[position++] != 0;
    }

    public String string() throws MalformedPacketException {
        int length = stringLength();
        String text = new String(array, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    /** Reads a string's length; its bytes are then at {@link #position()} of {@link #array()}. */
    public int stringLength() throws MalformedPacketException {
        long length = uint32();
        if (length > end - position) {
            throw new MalformedPacketException(
                    "a string of " + length + " bytes in a packet with " + (end - position) + " left");
        }
        return (int) length;
    }

    public byte[] array() {
        return array;
    }

    public int position() {
        return position;
    }

    private void require(int bytes) throws MalformedPacketException {
        if (end - position < bytes) {
            throw new MalformedPacketException("the packet ends early");
        }
    }
}
