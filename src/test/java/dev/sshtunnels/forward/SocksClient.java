package dev.sshtunnels.forward;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A SOCKS client that says exactly what a test wants, and reads what it is told byte by byte. */
final class SocksClient implements AutoCloseable {

    private final Socket socket;

    SocksClient(int port) throws IOException {
        socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
    }

    Socket socket() {
        return socket;
    }

    void send(byte[]... parts) throws IOException {
        socket.getOutputStream().write(join(parts));
    }

    byte[] read(int length) throws IOException {
        return socket.getInputStream().readNBytes(length);
    }

    /** The method that the server chose for a greeting. */
    int greet(int... methods) throws IOException {
        byte[] greeting = new byte[2 + methods.length];
        greeting[0] = 5;
        greeting[1] = (byte) methods.length;
        for (int i = 0; i < methods.length; i++) {
            greeting[2 + i] = (byte) methods[i];
        }
        send(greeting);
        return read(2)[1] & 0xff;
    }

    /** The status of the username/password subnegotiation. */
    int authenticate(String username, String password) throws IOException {
        send(credentials(username, password));
        return read(2)[1] & 0xff;
    }

    /** The reply code of a SOCKS5 CONNECT without authentication. */
    int connect(String host, int port) throws IOException {
        greet(0);
        return request(host, port);
    }

    int request(String host, int port) throws IOException {
        send(request(1, host, port));
        return reply();
    }

    int reply() throws IOException {
        byte[] reply = read(10);
        return reply.length < 10 ? -1 : reply[1];
    }

    boolean isClosed() {
        return ForwardingScenario.readOrReset(socket) == -1;
    }

    static byte[] credentials(String username, String password) {
        return join(new byte[] {1}, counted(username), counted(password));
    }

    static byte[] request(int command, String host, int port) {
        return join(new byte[] {5, (byte) command, 0, 3}, counted(host), new byte[] {(byte) (port >> 8), (byte) port});
    }

    static byte[] counted(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return join(new byte[] {(byte) bytes.length}, bytes);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
