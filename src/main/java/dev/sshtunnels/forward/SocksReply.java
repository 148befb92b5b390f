package dev.sshtunnels.forward;

import dev.sshtunnels.channel.OpenFailure;
import dev.sshtunnels.tunnel.HostPort;
import java.nio.ByteBuffer;

/** The server's half of a SOCKS handshake: RFC 1928 6, and SOCKS4's 90 and 91. */
final class SocksReply {

    static final int SUCCEEDED = 0;
    static final int GENERAL_FAILURE = 1;
    static final int NOT_ALLOWED = 2;
    static final int HOST_UNREACHABLE = 4;
    static final int CONNECTION_REFUSED = 5;
    static final int COMMAND_NOT_SUPPORTED = 7;
    static final int ADDRESS_TYPE_NOT_SUPPORTED = 8;

    static final OpenReply SOCKS5 = new OpenReply() {
        @Override
        public ByteBuffer opened() {
            return ByteBuffer.wrap(socks5(SUCCEEDED));
        }

        @Override
        public ByteBuffer failed(int reason, String description) {
            return ByteBuffer.wrap(socks5(code(reason, description)));
        }
    };

    static final OpenReply SOCKS4 = new OpenReply() {
        @Override
        public ByteBuffer opened() {
            return ByteBuffer.wrap(socks4(true));
        }

        @Override
        public ByteBuffer failed(int reason, String description) {
            return ByteBuffer.wrap(socks4(false));
        }
    };

    private static final HostPort ANY = new HostPort("", 0);

    private SocksReply() {}

    /** BND.ADDR and BND.PORT are zeros: SSH does not tell which address the server connects from. */
    static byte[] socks5(int code) {
        return new byte[] {5, (byte) code, 0, 1, 0, 0, 0, 0, 0, 0};
    }

    static byte[] socks4(boolean granted) {
        return new byte[] {0, (byte) (granted ? 90 : 91), 0, 0, 0, 0, 0, 0};
    }

    private static int code(int reason, String description) {
        return switch (RefusedByServer.of(ANY, reason, description).reason()) {
            case TargetProhibited -> NOT_ALLOWED;
            case TargetRefused -> CONNECTION_REFUSED;
            default -> reason == OpenFailure.CONNECT_FAILED ? HOST_UNREACHABLE : GENERAL_FAILURE;
        };
    }
}
