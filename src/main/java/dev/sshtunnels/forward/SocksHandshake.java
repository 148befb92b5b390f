package dev.sshtunnels.forward;

import dev.sshtunnels.tunnel.HostPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The client's half of a SOCKS handshake: SOCKS4, SOCKS4a and SOCKS5 (RFC 1928) with CONNECT, without authentication.
 *
 * <p>Pure: it is shown all bytes that have arrived and not been used yet, and says what to do. Names are not resolved;
 * the server does that.
 */
final class SocksHandshake {

    private static final int COMMAND_CONNECT = 1;
    private static final int MAX_SOCKS4_STRING = 255;

    private boolean greeted;

    /** What to do next. */
    sealed interface Step {
        /** Wait for more bytes. */
        record More() implements Step {}

        /** Send this and go on. */
        record Answer(byte[] bytes) implements Step {}

        /** Connect; the replies are to be told afterwards. */
        record Connect(HostPort target, OpenReply reply) implements Step {}

        /** Send this, empty when the protocol has no answer, and close. */
        record Refuse(byte[] bytes) implements Step {}
    }

    /**
     * Looks at what has arrived.
     *
     * @param in its position moves behind what was used, and stays where it was when more is needed
     */
    Step next(ByteBuffer in) {
        int start = in.position();
        try {
            return step(in);
        } catch (BufferUnderflowException _) {
            in.position(start);
            return new Step.More();
        }
    }

    private Step step(ByteBuffer in) {
        return switch (in.get()) {
            case 4 -> socks4(in);
            case 5 -> greeted ? socks5Request(in) : socks5Greeting(in);
            default -> new Step.Refuse(new byte[0]);
        };
    }

    private Step socks5Greeting(ByteBuffer in) {
        byte[] methods = new byte[in.get() & 0xff];
        in.get(methods);
        for (byte method : methods) {
            if (method == 0) {
                greeted = true;
                return new Step.Answer(new byte[] {5, 0});
            }
        }
        return new Step.Refuse(new byte[] {5, (byte) 0xff});
    }

    private static Step socks5Request(ByteBuffer in) {
        int command = in.get();
        in.get();
        int addressType = in.get();
        String host = switch (addressType) {
            case 1 -> literal(in, 4);
            case 3 -> name(in, in.get() & 0xff);
            case 4 -> literal(in, 16);
            default -> null;
        };
        if (host == null) {
            return new Step.Refuse(SocksReply.socks5(SocksReply.ADDRESS_TYPE_NOT_SUPPORTED));
        }
        int port = in.getShort() & 0xffff;
        return command == COMMAND_CONNECT
                ? new Step.Connect(new HostPort(host, port), SocksReply.SOCKS5)
                : new Step.Refuse(SocksReply.socks5(SocksReply.COMMAND_NOT_SUPPORTED));
    }

    private static Step socks4(ByteBuffer in) {
        int command = in.get();
        int port = in.getShort() & 0xffff;
        byte[] address = new byte[4];
        in.get(address);
        String user = terminated(in);
        // SOCKS4a: 0.0.0.x with x != 0 says that a name follows.
        boolean named = address[0] == 0 && address[1] == 0 && address[2] == 0 && address[3] != 0;
        String host = named ? terminated(in) : literal(ByteBuffer.wrap(address), 4);
        if (user == null || host == null || host.isEmpty() || command != COMMAND_CONNECT) {
            return new Step.Refuse(SocksReply.socks4(false));
        }
        return new Step.Connect(new HostPort(host, port), SocksReply.SOCKS4);
    }

    /** Null when it is too long. */
    private static String terminated(ByteBuffer in) {
        int start = in.position();
        while (in.get() != 0) {
            if (in.position() - start > MAX_SOCKS4_STRING) {
                return null;
            }
        }
        return new String(bytes(in, start, in.position() - 1 - start), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer in, int start, int length) {
        byte[] bytes = new byte[length];
        in.get(start, bytes);
        return bytes;
    }

    private static String name(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return length == 0 ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static String literal(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + length + " bytes", e);
        }
    }
}
