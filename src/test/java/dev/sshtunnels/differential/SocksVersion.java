package dev.sshtunnels.differential;

import static dev.sshtunnels.testing.SocksClient.join;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sshtunnels.testing.SocksClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;

/** How a client asks for a target, byte by byte as the papers have it: SOCKS4, SOCKS4a, and RFC 1928. */
enum SocksVersion {
    SOCKS4,
    SOCKS4A,
    SOCKS5_ADDRESS,
    SOCKS5_NAME;

    private static final int SOCKS4_REPLY = 8;
    private static final int SOCKS5_REPLY = 10;

    boolean isVersion5() {
        return this == SOCKS5_ADDRESS || this == SOCKS5_NAME;
    }

    boolean takesNames() {
        return this == SOCKS4A || this == SOCKS5_NAME;
    }

    /** Asks for a connection; the whole reply in hexadecimal, shorter when the proxy ended the connection before. */
    String ask(Socket socket, String host, int port) throws IOException {
        if (!isVersion5()) {
            socket.getOutputStream().write(request(host, port));
            return read(socket, SOCKS4_REPLY);
        }
        socket.getOutputStream().write(new byte[] {5, 1, 0});
        String method = read(socket, 2);
        socket.getOutputStream().write(request(host, port));
        return method + " " + read(socket, SOCKS5_REPLY);
    }

    private byte[] request(String host, int port) throws IOException {
        byte[] portBytes = {(byte) (port >> 8), (byte) port};
        byte[] user = "user\0".getBytes(US_ASCII);
        return switch (this) {
            case SOCKS4 -> join(new byte[] {4, 1}, portBytes, address(host), user);
            case SOCKS4A ->
                join(new byte[] {4, 1}, portBytes, new byte[] {0, 0, 0, 1}, user, (host + "\0").getBytes(US_ASCII));
            case SOCKS5_ADDRESS -> {
                byte[] address = address(host);
                yield join(new byte[] {5, 1, 0, (byte) (address.length == 4 ? 1 : 4)}, address, portBytes);
            }
            case SOCKS5_NAME -> SocksClient.request(1, host, port);
        };
    }

    private static byte[] address(String host) throws IOException {
        return InetAddress.getByName(host).getAddress();
    }

    private static String read(Socket socket, int length) throws IOException {
        return HexFormat.of().formatHex(socket.getInputStream().readNBytes(length));
    }
}
