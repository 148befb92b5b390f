package dev.sshtunnels.channel;

/** What the peer may still send, and what has left this process since it was last told (RFC 4254 5.2). */
final class ReceiveWindow {

    private int open = Windows.INITIAL_WINDOW;
    private int consumed;

    /** The peer sent so many bytes. */
    void take(int bytes) throws MalformedPacketException {
        if (bytes > open) {
            throw new MalformedPacketException("the peer overran a window by " + (bytes - open) + " bytes");
        }
        open -= bytes;
    }

    void consumed(int bytes) {
        consumed += bytes;
    }

    /** Whether enough has left that the peer should be told. */
    boolean isAdjustmentDue() {
        return consumed >= Windows.ADJUST_THRESHOLD;
    }

    /** What to tell. */
    int adjustment() {
        return consumed;
    }

    /** The peer was told. */
    void adjusted() {
        open += consumed;
        consumed = 0;
    }
}
