package dev.sshtunnels.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A login without a name and without a password (Protocol::HandshakeResponse41). The server denies it, which counts as
 * a failed login and not as a broken handshake.
 */
final class MySqlFarewell {

    /** CLIENT_LONG_PASSWORD, CLIENT_PROTOCOL_41, CLIENT_SECURE_CONNECTION, CLIENT_PLUGIN_AUTH. */
    private static final int CAPABILITIES = 0x1 | 0x200 | 0x8000 | 0x80000;

    private static final int MAX_PACKET = 1 << 24;
    private static final byte UTF8 = 33;
    private static final int RESERVED = 23;

    /** From the end of the server's version to the authentication data's second part. */
    private static final int FIXED_PART = 31;

    /** Of that second part, which may be longer than it says: max(13, length - 8). */
    private static final int LEAST_DATA = 13;

    private static final int DATA_LENGTH_AT = 20;
    private static final int FIRST_DATA = 8;
    private static final byte[] NATIVE = "mysql_native_password".getBytes(US_ASCII);

    private MySqlFarewell() {}

    /**
     * The login, and behind it an empty password once more, for a server that asks for it by another method
     * (AuthSwitchRequest) before it denies.
     *
     * @param greeting payload of HandshakeV10
     */
    static byte[] to(byte[] greeting) {
        byte[] method = method(greeting);
        int length = 4 + 4 + 1 + RESERVED + 1 + 1 + method.length + 1;
        return ByteBuffer.allocate(4 + length + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length | 1 << 24)
                .putInt(CAPABILITIES)
                .putInt(MAX_PACKET)
                .put(UTF8)
                .put(new byte[RESERVED])
                .put((byte) 0)
                .put((byte) 0)
                .put(method)
                .put((byte) 0)
                .putInt(3 << 24)
                .array();
    }

    /** The server's own authentication method, which spares it the switch. */
    private static byte[] method(byte[] greeting) {
        int version = end(greeting, 1) + 1;
        int lengthAt = version + DATA_LENGTH_AT;
        if (lengthAt >= greeting.length) {
            return NATIVE;
        }
        int start = version + FIXED_PART + Math.max(LEAST_DATA, (greeting[lengthAt] & 0xff) - FIRST_DATA);
        if (start >= greeting.length) {
            return NATIVE;
        }
        byte[] method = new byte[end(greeting, start) - start];
        System.arraycopy(greeting, start, method, 0, method.length);
        return method;
    }

    /** Where the text that begins there ends. */
    private static int end(byte[] bytes, int start) {
        int end = start;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return end;
    }
}
