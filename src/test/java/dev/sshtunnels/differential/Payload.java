package dev.sshtunnels.differential;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/**
 * An endless stream of bytes that is known to both ends. It repeats after a prime number of bytes, so that no block of
 * a power of two can be lost, doubled or moved unnoticed.
 */
enum Payload {
    OF_CLIENT(1),
    OF_TARGET(2);

    private static final int PERIOD = 65_521;

    private final byte[] twice;

    Payload(int seed) {
        byte[] once = new byte[PERIOD];
        new Random(seed).nextBytes(once);
        twice = Arrays.copyOf(once, 2 * PERIOD);
        System.arraycopy(once, 0, twice, PERIOD, PERIOD);
    }

    /** At most this many bytes of the stream fit into one piece. */
    static final int MAX_PIECE = PERIOD;

    /** Where a piece that begins at an offset of the stream is in {@link #array}. */
    int index(long offset) {
        return (int) (offset % PERIOD);
    }

    /** Not to be written to. */
    byte[] array() {
        return twice;
    }

    /** Whether bytes are those of the stream at an offset. */
    boolean matches(long offset, byte[] data, int length) {
        for (int done = 0; done < length; ) {
            int piece = Math.min(MAX_PIECE, length - done);
            int index = index(offset + done);
            if (Arrays.mismatch(data, done, done + piece, twice, index, index + piece) >= 0) {
                return false;
            }
            done += piece;
        }
        return true;
    }

    /** The digest of some bytes of the stream, in hexadecimal. */
    String sha256(long offset, long bytes) {
        MessageDigest digest = digest();
        for (long done = 0; done < bytes; ) {
            int piece = (int) Math.min(MAX_PIECE, bytes - done);
            digest.update(twice, index(offset + done), piece);
            done += piece;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
