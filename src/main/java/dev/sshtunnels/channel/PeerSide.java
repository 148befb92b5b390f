package dev.sshtunnels.channel;

/** What the peer has said of its end of a channel: its number, and what it takes (RFC 4254 5.1, 5.2). */
final class PeerSide {

    private static final long MAX_WINDOW = 0xffff_ffffL;

    private long number;
    private long window;
    private int maxPacket;

    void opened(long newNumber, long initialWindow, int newMaxPacket) {
        number = newNumber;
        window = initialWindow;
        maxPacket = Math.min(newMaxPacket, Windows.MAX_PACKET);
    }

    long number() {
        return number;
    }

    /** Bytes that may be sent now. */
    long window() {
        return window;
    }

    /** Bytes of the next packet, when so many are there to be sent. */
    int packetLength(int bytes) {
        return (int) Math.min(Math.min(bytes, maxPacket), window);
    }

    void sent(int bytes) {
        window -= bytes;
    }

    void adjusted(long bytes) throws MalformedPacketException {
        window += bytes;
        if (window > MAX_WINDOW) {
            throw new MalformedPacketException("the window of a channel grew beyond 2^32-1");
        }
    }
}
