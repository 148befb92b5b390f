package dev.sshtunnels.forward.socks;

import dev.sshtunnels.forward.connection.OpenReply;
import dev.sshtunnels.forward.contract.SocksRefusal;
import dev.sshtunnels.forward.socket.ConnectFailure;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** The server's half of a SOCKS handshake: RFC 1928 6, RFC 1929 2, and SOCKS4's 90 and 91. */
final class SocksReply {

    static final int SUCCEEDED = 0;
    static final int GENERAL_FAILURE = 1;
    static final int NOT_ALLOWED = 2;
    static final int NETWORK_UNREACHABLE = 3;
    static final int HOST_UNREACHABLE = 4;
    static final int CONNECTION_REFUSED = 5;
    static final int COMMAND_NOT_SUPPORTED = 7;
    static final int ADDRESS_TYPE_NOT_SUPPORTED = 8;

    private static final int SOCKS5_LENGTH = 10;
    private static final int SOCKS4_LENGTH = 8;

    static final OpenReply SOCKS5 = new OpenReply() {
        @Override
        public ByteBuffer opened() {
            return ByteBuffer.wrap(socks5(SUCCEEDED));
        }

        @Override
        public ByteBuffer failed(ConnectFailure cause) {
            return ByteBuffer.wrap(socks5(code(cause)));
        }
    };

    static final OpenReply SOCKS4 = new OpenReply() {
        @Override
        public ByteBuffer opened() {
            return ByteBuffer.wrap(socks4(true));
        }

        @Override
        public ByteBuffer failed(ConnectFailure cause) {
            return ByteBuffer.wrap(socks4(false));
        }
    };

    private SocksReply() {}

    /** X'FF' NO ACCEPTABLE METHODS, or the method that the client is to use (RFC 1928 3). */
    static byte[] method(int method) {
        return new byte[] {5, (byte) method};
    }

    /** STATUS of the username/password subnegotiation: 0, or anything else for failure (RFC 1929 2). */
    static byte[] credentials(boolean accepted) {
        return new byte[] {1, (byte) (accepted ? 0 : 1)};
    }

    /** BND.ADDR and BND.PORT are zeros: SSH does not tell which address the server connects from. */
    static byte[] socks5(int code) {
        return new byte[] {5, (byte) code, 0, 1, 0, 0, 0, 0, 0, 0};
    }

    /** REP or, for SOCKS4, CD of a reply to a request; empty for what is said before the request. */
    static OptionalInt code(ByteBuffer said) {
        return switch (said.remaining()) {
            case SOCKS5_LENGTH, SOCKS4_LENGTH -> OptionalInt.of(said.get(said.position() + 1));
            default -> OptionalInt.empty();
        };
    }

    /** To a request that is refused before anything is connected. */
    static byte[] socks5(SocksRefusal cause) {
        return socks5(
                switch (cause) {
                    case DestinationNotAllowed -> NOT_ALLOWED;
                    case CommandNotSupported -> COMMAND_NOT_SUPPORTED;
                    case AddressTypeNotSupported -> ADDRESS_TYPE_NOT_SUPPORTED;
                    case NoHost -> HOST_UNREACHABLE;
                    case NotSocks, NoAcceptableMethod, WrongCredentials, CredentialsUnknown, HandshakeTimeout ->
                        GENERAL_FAILURE;
                });
    }

    static byte[] socks4(boolean granted) {
        return new byte[] {0, (byte) (granted ? 90 : 91), 0, 0, 0, 0, 0, 0};
    }

    /**
     * REP (RFC 1928 6). A name that does not resolve and a host that does not answer are hosts that cannot be reached;
     * X'06' is for a packet whose IP time to live ran out, which nobody tells us of.
     */
    private static int code(ConnectFailure cause) {
        return switch (cause) {
            case PROHIBITED -> NOT_ALLOWED;
            case REFUSED -> CONNECTION_REFUSED;
            case NETWORK_UNREACHABLE -> NETWORK_UNREACHABLE;
            case UNRESOLVABLE, TIMED_OUT, HOST_UNREACHABLE -> HOST_UNREACHABLE;
            case SERVER -> GENERAL_FAILURE;
        };
    }
}
