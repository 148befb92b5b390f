package dev.sshtunnels.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A SOCKS client that says exactly what a test wants, and reads what it is told byte by byte. */
public final class SocksClient implements AutoCloseable {

    private final Socket socket;

    public SocksClient(int port) throws IOException {
        socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
    }

    public Socket socket() {
        return socket;
    }

    public void send(byte[]... parts) throws IOException {
        socket.getOutputStream().write(join(parts));
    }

    public byte[] read(int length) throws IOException {
        return socket.getInputStream().readNBytes(length);
    }

    /** The method that the server chose for a greeting. */
    public int greet(int... methods) throws IOException {
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
    public int authenticate(String username, String password) throws IOException {
        send(credentials(username, password));
        return read(2)[1] & 0xff;
    }

    /** The reply code of a SOCKS5 CONNECT without authentication. */
    public int connect(String host, int port) throws IOException {
        greet(0);
        return request(host, port);
    }

    public int request(String host, int port) throws IOException {
        send(request(1, host, port));
        return reply();
    }

    public int reply() throws IOException {
        byte[] reply = read(10);
        return reply.length < 10 ? -1 : reply[1];
    }

    /** Whether the proxy has ended the connection, with a FIN or a RST. */
    public boolean isClosed() throws IOException {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketException reset) {
            return true;
        }
    }

    public static byte[] credentials(String username, String password) {
        return join(new byte[] {1}, counted(username), counted(password));
    }

    public static byte[] request(int command, String host, int port) {
        return join(new byte[] {5, (byte) command, 0, 3}, counted(host), new byte[] {(byte) (port >> 8), (byte) port});
    }

    public static byte[] counted(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return join(new byte[] {(byte) bytes.length}, bytes);
    }

    public static byte[] join(byte[]... parts) {
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
