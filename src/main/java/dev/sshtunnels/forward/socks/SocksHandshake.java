package dev.sshtunnels.forward.socks;

import dev.sshtunnels.forward.connection.OpenReply;
import dev.sshtunnels.forward.contract.SocksRefusal;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.RequestedHost;
import dev.sshtunnels.tunnel.SocksRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The client's half of a SOCKS handshake: SOCKS4, SOCKS4a and SOCKS5 (RFC 1928) with CONNECT, and RFC 1929 where the
 * rules have credentials.
 *
 * <p>Pure: it is shown all bytes that have arrived and not been used yet, and says what to do. Names are not resolved;
 * whoever connects does that.
 */
final class SocksHandshake {

    /** The longest handshake of any version, in bytes: a greeting, credentials and a name of 255 bytes each. */
    static final int MAX_BYTES = 257 + 513 + 262;

    private static final int NO_AUTHENTICATION = 0;
    private static final int USERNAME_PASSWORD = 2;
    private static final int NO_ACCEPTABLE_METHODS = 0xff;
    private static final int COMMAND_CONNECT = 1;
    private static final int MAX_SOCKS4_STRING = 255;

    private final SocksRules rules;
    private Expected expected = Expected.GREETING;

    private enum Expected {
        GREETING,
        CREDENTIALS,
        REQUEST
    }

    SocksHandshake(SocksRules rules) {
        this.rules = rules;
    }

    /** What to do next. */
    sealed interface Step {
        /** Wait for more bytes. */
        record More() implements Step {}

        /** Send this and go on. */
        record Answer(byte[] bytes) implements Step {}

        /** Connect; the replies are to be told afterwards. */
        record Connect(HostPort target, OpenReply reply) implements Step {}

        /** Send this, empty when the protocol has no answer, and close. */
        record Refuse(byte[] bytes, SocksRefusal cause) implements Step {}
    }

    /**
     * Looks at what has arrived.
     *
     * @param in its position moves behind what was used, and stays where it was when more is needed
     */
    Step next(ByteBuffer in) {
        int start = in.position();
        try {
            return switch (expected) {
                case GREETING -> greeting(in);
                case CREDENTIALS -> in.get() == 1 ? credentials(in) : notSocks();
                case REQUEST -> in.get() == 5 ? socks5Request(in) : notSocks();
            };
        } catch (BufferUnderflowException _) {
            in.position(start);
            return new Step.More();
        }
    }

    private Step greeting(ByteBuffer in) {
        return switch (in.get()) {
            case 4 ->
                rules.credentials().isPresent()
                        ? new Step.Refuse(SocksReply.socks4(false), SocksRefusal.NoAcceptableMethod)
                        : socks4(in);
            case 5 -> methods(in);
            default -> notSocks();
        };
    }

    private static Step notSocks() {
        return new Step.Refuse(new byte[0], SocksRefusal.NotSocks);
    }

    private Step methods(ByteBuffer in) {
        byte[] offered = bytes(in, in.get() & 0xff);
        int wanted = rules.credentials().isPresent() ? USERNAME_PASSWORD : NO_AUTHENTICATION;
        for (byte method : offered) {
            if (method == wanted) {
                expected = wanted == USERNAME_PASSWORD ? Expected.CREDENTIALS : Expected.REQUEST;
                return new Step.Answer(SocksReply.method(wanted));
            }
        }
        return new Step.Refuse(SocksReply.method(NO_ACCEPTABLE_METHODS), SocksRefusal.NoAcceptableMethod);
    }

    private Step credentials(ByteBuffer in) {
        byte[] username = bytes(in, in.get() & 0xff);
        byte[] password = bytes(in, in.get() & 0xff);
        if (!rules.credentials().orElseThrow().match(username, password)) {
            return new Step.Refuse(SocksReply.credentials(false), SocksRefusal.WrongCredentials);
        }
        expected = Expected.REQUEST;
        return new Step.Answer(SocksReply.credentials(true));
    }

    private Step socks5Request(ByteBuffer in) {
        int command = in.get();
        in.get();
        return switch (in.get()) {
            case 1 -> socks5Request(command, address(bytes(in, 4)), in);
            case 3 -> socks5Request(command, name(bytes(in, in.get() & 0xff)), in);
            case 4 -> socks5Request(command, address(bytes(in, 16)), in);
            default -> refuse(SocksRefusal.AddressTypeNotSupported);
        };
    }

    private Step socks5Request(int command, Optional<RequestedHost> host, ByteBuffer in) {
        int port = in.getShort() & 0xffff;
        return objection(command, host, port)
                .<Step>map(SocksHandshake::refuse)
                .orElseGet(() -> connect(host.orElseThrow(), port, SocksReply.SOCKS5));
    }

    private static Step refuse(SocksRefusal cause) {
        return new Step.Refuse(SocksReply.socks5(cause), cause);
    }

    private static Step connect(RequestedHost host, int port, OpenReply reply) {
        return new Step.Connect(new HostPort(host.text(), port), reply);
    }

    private Optional<SocksRefusal> objection(int command, Optional<RequestedHost> host, int port) {
        if (command != COMMAND_CONNECT) {
            return Optional.of(SocksRefusal.CommandNotSupported);
        }
        if (host.isEmpty()) {
            return Optional.of(SocksRefusal.NoHost);
        }
        return rules.permits(host.get(), port) ? Optional.empty() : Optional.of(SocksRefusal.DestinationNotAllowed);
    }

    private Step socks4(ByteBuffer in) {
        int command = in.get();
        int port = in.getShort() & 0xffff;
        byte[] address = bytes(in, 4);
        Optional<byte[]> user = terminated(in);
        // SOCKS4a: 0.0.0.x with x != 0 says that a name follows.
        boolean named = address[0] == 0 && address[1] == 0 && address[2] == 0 && address[3] != 0;
        Optional<RequestedHost> host = named
                ? user.flatMap(_ -> terminated(in)).flatMap(SocksHandshake::name)
                : user.flatMap(_ -> address(address));
        return objection(command, host, port)
                .<Step>map(cause -> new Step.Refuse(SocksReply.socks4(false), cause))
                .orElseGet(() -> connect(host.orElseThrow(), port, SocksReply.SOCKS4));
    }

    /** Empty when it is too long. */
    private static Optional<byte[]> terminated(ByteBuffer in) {
        int start = in.position();
        while (in.get() != 0) {
            if (in.position() - start > MAX_SOCKS4_STRING) {
                return Optional.empty();
            }
        }
        byte[] string = new byte[in.position() - 1 - start];
        in.get(start, string);
        return Optional.of(string);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static Optional<RequestedHost> name(byte[] bytes) {
        try {
            return RequestedHost.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    private static Optional<RequestedHost> address(byte[] bytes) {
        try {
            return Optional.of(RequestedHost.of(InetAddress.getByAddress(bytes)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }
}
