package dev.sshtunnels.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * SSLRequest (PostgreSQL documentation, "SSL Session Encryption"): every server since 7.x answers with one byte, {@code S}
 * or {@code N}, before it asks who is there. One that is out of processes answers with an error, {@code E}: a message of
 * protocol 3, or the bare text that the postmaster sends when it cannot fork.
 *
 * <p>Closing after {@code N} is not logged (postmaster.c, ProcessStartupPacket); after {@code S} it is, as a TLS connection
 * that ended early.
 */
record PostgreSqlGreeting() implements Greeting {

    private static final int LENGTH = 8;
    /** 1234 in the upper half, 5679 in the lower one. */
    private static final int SSL_REQUEST = 1234 << 16 | 5679;

    private static final byte[] CANNOT_FORK = "Ecould not ".getBytes(US_ASCII);

    private static final Verdict ALIVE = new Verdict.Alive("PostgreSQL answered");
    private static final Verdict UNEXPECTED = new Verdict.Unexpected("PostgreSQL");

    @Override
    public byte[] opening() {
        return ByteBuffer.allocate(LENGTH).putInt(LENGTH).putInt(SSL_REQUEST).array();
    }

    @Override
    public Verdict judge(byte[] answer) {
        if (answer.length == 0) {
            return Verdict.NEED_MORE;
        }
        if (answer.length == 1 && (answer[0] == 'S' || answer[0] == 'N')) {
            return ALIVE;
        }
        return answer[0] == 'E' ? error(answer) : UNEXPECTED;
    }

    private static Verdict error(byte[] answer) {
        if (answer.length > 1 && answer[1] == 0) {
            // The length of a message of protocol 3 follows.
            return ALIVE;
        }
        return Prefix.of(CANNOT_FORK, answer).verdict("PostgreSQL answered", "PostgreSQL");
    }
}
