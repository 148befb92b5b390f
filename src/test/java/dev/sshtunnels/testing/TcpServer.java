package dev.sshtunnels.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A target on loopback that does with each connection what a test says. */
public final class TcpServer implements AutoCloseable {

    private final ServerSocket listener;

    private TcpServer(ServerSocket listener) {
        this.listener = listener;
    }

    /** What is done with one connection, on a thread of its own; the socket is closed afterwards. */
    public interface Behaviour {
        void serve(Socket client) throws Exception;
    }

    public static TcpServer on(Behaviour behaviour) {
        return on(InetAddress.getLoopbackAddress(), behaviour);
    }

    /** On another address than 127.0.0.1. */
    public static TcpServer on(InetAddress address, Behaviour behaviour) {
        try {
            TcpServer server = new TcpServer(new ServerSocket(0, 1000, address));
            Thread.ofVirtual().name("target").start(() -> server.acceptAll(behaviour));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends back what it reads, and a FIN after the client's FIN. */
    public static TcpServer echo() {
        return echo(InetAddress.getLoopbackAddress());
    }

    /** The same on another address than 127.0.0.1. */
    public static TcpServer echo(InetAddress address) {
        return on(address, client -> {
            client.getInputStream().transferTo(client.getOutputStream());
            client.shutdownOutput();
        });
    }

    /** Reads and says nothing. */
    public static TcpServer sink(InetAddress address) {
        return on(address, client -> client.getInputStream().transferTo(OutputStream.nullOutputStream()));
    }

    private void acceptAll(Behaviour behaviour) {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(behaviour, client));
            } catch (IOException _) {
                // The test is over.
            }
        }
    }

    private static void serve(Behaviour behaviour, Socket client) {
        try (client) {
            behaviour.serve(client);
        } catch (Exception _) {
            // What the client saw of it is what tests look at.
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Frees the port before the test is over. */
    public void stopListening() throws IOException {
        listener.close();
    }

    @Override
    public void close() throws IOException {
        stopListening();
    }
}
