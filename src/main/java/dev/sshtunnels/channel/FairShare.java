package dev.sshtunnels.channel;

/**
 * What a channel may send in each round trip whatever others send: small messages pass bulk data of other channels
 * instead of waiting with it, as fair queueing has it (RFC 8290 1.3, sparse flows).
 */
final class FairShare {

    static final int BYTES = 16 << 10;

    private long round;
    private int taken;

    /** Bytes left in this round. */
    int left(long now) {
        return now == round ? Math.max(0, BYTES - taken) : BYTES;
    }

    void take(long now, int bytes) {
        if (now != round) {
            round = now;
            taken = 0;
        }
        taken = Math.min(BYTES, taken + bytes);
    }
}
