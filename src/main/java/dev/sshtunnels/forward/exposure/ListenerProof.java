package dev.sshtunnels.forward.exposure;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What agents of one login say to each other at a listener on their server: who connects to it asks with a nonce, and the
 * agent that holds the listener answers. Nobody without the login's key can ask or answer, and neither tells anything
 * of the key.
 *
 * <p>A question is {@link #MAGIC}, a nonce of 16 bytes and their HMAC; an answer is the HMAC of the same nonce under
 * another label. Both are bound to the listener's port.
 */
public final class ListenerProof {

    /** Begins with a zero, as the first bytes of hardly any client do. */
    private static final byte[] MAGIC = {0, 's', 's', 'h', 't', 'u', 'n', 1};

    private static final int NONCE = 16;
    private static final int MAC = 32;

    /** Length of a question in bytes. */
    static final int QUESTION = 8 + NONCE + MAC;

    private final UnaryOperator<byte[]> mac;

    /** @param mac of the login, see {@link dev.sshtunnels.ssh.LoginFacts#mac} */
    ListenerProof(UnaryOperator<byte[]> mac) {
        this.mac = mac;
    }

    /** What the first bytes of a connection are. */
    sealed interface Heard {
        /** A client's. */
        record Client() implements Heard {}

        /** A question's, as far as they go. */
        record Incomplete() implements Heard {}

        /** A question. */
        record Question(UUID nonce) implements Heard {}
    }

    public byte[] question(UUID nonce, int port) {
        return ByteBuffer.allocate(QUESTION)
                .put(MAGIC)
                .put(bytes(nonce))
                .put(mac('q', nonce, port))
                .array();
    }

    public byte[] answer(UUID nonce, int port) {
        return mac('a', nonce, port);
    }

    /**
     * Reads the first bytes of a connection.
     *
     * @param start an array of at least {@link #QUESTION} bytes
     * @param length how many there are until now
     */
    Heard read(byte[] start, int length, int port) {
        int compared = Math.min(length, MAGIC.length);
        if (!Arrays.equals(start, 0, compared, MAGIC, 0, compared)) {
            return new Heard.Client();
        }
        if (length < QUESTION) {
            return new Heard.Incomplete();
        }
        ByteBuffer question = ByteBuffer.wrap(start, MAGIC.length, NONCE + MAC);
        UUID nonce = new UUID(question.getLong(), question.getLong());
        byte[] proof = new byte[MAC];
        question.get(proof);
        return MessageDigest.isEqual(proof, mac('q', nonce, port)) ? new Heard.Question(nonce) : new Heard.Client();
    }

    private byte[] mac(char label, UUID nonce, int port) {
        return mac.apply(ByteBuffer.allocate(1 + NONCE + Integer.BYTES)
                .put((byte) label)
                .put(bytes(nonce))
                .putInt(port)
                .array());
    }

    private static byte[] bytes(UUID nonce) {
        return ByteBuffer.allocate(NONCE)
                .putLong(nonce.getMostSignificantBits())
                .putLong(nonce.getLeastSignificantBits())
                .array();
    }
}
