package dev.sshtunnels.forward.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/** Translates ssh's bind_address as OpenSSH does (channels.c, channel_fwd_bind_addr). */
final class BindAddresses {

    private BindAddresses() {}

    /**
     * The addresses to listen on; the first must be bound, the others where the machine has them.
     *
     * @param bindAddress {@code *}, {@code localhost} or an IP literal
     */
    static List<InetSocketAddress> of(String bindAddress, int port) throws IOException {
        return switch (bindAddress) {
            case "*" -> List.of(address(everywhere(), port));
            case "localhost" -> List.of(address("127.0.0.1", port), address("::1", port));
            default -> List.of(address(bindAddress, port));
        };
    }

    /** The JDK never sets IPV6_V6ONLY: where there is IPv6, its wildcard takes both families (RFC 3493 5.3). */
    private static String everywhere() throws IOException {
        try (ServerSocketChannel _ = ServerSocketChannel.open(StandardProtocolFamily.INET6)) {
            return "::";
        } catch (UnsupportedOperationException noIpv6) {
            return "0.0.0.0";
        }
    }

    private static InetSocketAddress address(String literal, int port) throws IOException {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }
}
