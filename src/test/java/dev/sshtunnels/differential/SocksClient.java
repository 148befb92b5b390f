package dev.sshtunnels.differential;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The client's half of SOCKS, byte by byte as the papers have it: SOCKS4, SOCKS4a, and RFC 1928. */
final class SocksClient {

    private static final int SOCKS4_REPLY = 8;
    private static final int SOCKS5_REPLY = 10;

    private SocksClient() {}

    /** How a client asks for a target. */
    enum Version {
        SOCKS4(InetAddress.class),
        SOCKS4A(String.class),
        SOCKS5_ADDRESS(InetAddress.class),
        SOCKS5_NAME(String.class);

        private final Class<?> host;

        Version(Class<?> host) {
            this.host = host;
        }

        boolean isVersion5() {
            return this == SOCKS5_ADDRESS || this == SOCKS5_NAME;
        }

        boolean takesNames() {
            return host == String.class;
        }
    }

    /** Asks for a connection; the whole reply in hexadecimal, shorter when the proxy ended the connection before. */
    static String ask(Socket socket, Version version, String host, int port) throws IOException {
        return switch (version) {
            case SOCKS4, SOCKS4A -> {
                socket.getOutputStream().write(socks4(version, host, port));
                yield hex(socket.getInputStream().readNBytes(SOCKS4_REPLY));
            }
            case SOCKS5_ADDRESS, SOCKS5_NAME -> {
                socket.getOutputStream().write(new byte[] {5, 1, 0});
                String method = hex(socket.getInputStream().readNBytes(2));
                socket.getOutputStream().write(socks5(version, host, port));
                yield method + " " + hex(socket.getInputStream().readNBytes(SOCKS5_REPLY));
            }
        };
    }

    private static byte[] socks4(Version version, String host, int port) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(new byte[] {4, 1, (byte) (port >> 8), (byte) port});
        request.writeBytes(
                version.takesNames()
                        ? new byte[] {0, 0, 0, 1}
                        : InetAddress.getByName(host).getAddress());
        request.writeBytes("user\0".getBytes(StandardCharsets.US_ASCII));
        if (version.takesNames()) {
            request.writeBytes((host + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        return request.toByteArray();
    }

    private static byte[] socks5(Version version, String host, int port) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(new byte[] {5, 1, 0});
        if (version.takesNames()) {
            request.writeBytes(new byte[] {3, (byte) host.length()});
            request.writeBytes(host.getBytes(StandardCharsets.US_ASCII));
        } else {
            byte[] address = InetAddress.getByName(host).getAddress();
            request.write(address.length == 4 ? 1 : 4);
            request.writeBytes(address);
        }
        request.writeBytes(new byte[] {(byte) (port >> 8), (byte) port});
        return request.toByteArray();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
