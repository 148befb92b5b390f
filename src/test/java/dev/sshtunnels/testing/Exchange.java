package dev.sshtunnels.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/** A client's connection to an echo behind a tunnel. */
public final class Exchange implements AutoCloseable {

    private final Socket socket;

    private Exchange(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
    }

    public static Exchange with(int port) throws IOException {
        return new Exchange(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Asks a SOCKS 5 proxy (RFC 1928) without authentication for a connection to a port of 127.0.0.1. */
    public static Exchange throughSocks(int proxyPort, int targetPort) throws IOException {
        Exchange exchange = with(proxyPort);
        exchange.ask(new byte[] {5, 1, 0}, 2);
        return exchange.connected(targetPort);
    }

    /** The same with user name and password (RFC 1929). */
    public static Exchange throughSocks(int proxyPort, int targetPort, String username, String password)
            throws IOException {
        Exchange exchange = with(proxyPort);
        exchange.ask(new byte[] {5, 1, 2}, 2);
        ByteArrayOutputStream login = new ByteArrayOutputStream();
        login.write(1);
        for (String part : List.of(username, password)) {
            login.write(part.length());
            login.writeBytes(part.getBytes(UTF_8));
        }
        exchange.ask(login.toByteArray(), 2);
        return exchange.connected(targetPort);
    }

    private Exchange connected(int targetPort) throws IOException {
        ask(new byte[] {5, 1, 0, 1, 127, 0, 0, 1, (byte) (targetPort >> 8), (byte) targetPort}, 10);
        return this;
    }

    /** Sends a message of the handshake; the reply's second byte says 0 for yes, or the method that was offered. */
    private void ask(byte[] message, int replyLength) throws IOException {
        socket.getOutputStream().write(message);
        byte[] reply = socket.getInputStream().readNBytes(replyLength);
        if (reply.length < replyLength || reply[1] != 0 && reply[1] != message[2]) {
            socket.close();
            throw new IOException("the proxy refused");
        }
    }

    /** Sends a text and returns what came back of the same length. */
    public String say(String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        socket.getOutputStream().write(bytes);
        return new String(socket.getInputStream().readNBytes(bytes.length), UTF_8);
    }

    /** Whether one exchange works now. */
    public static boolean works(int port) {
        try (Exchange exchange = with(port)) {
            return exchange.say("ping").equals("ping");
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
