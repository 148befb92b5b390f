package dev.sshtunnels.differential;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** What forwards connect to: a listener on loopback that hands over one connection after the other. */
final class Target implements AutoCloseable {

    private final ServerSocket listener;

    Target() throws IOException {
        this(InetAddress.getLoopbackAddress());
    }

    Target(InetAddress address) throws IOException {
        listener = new ServerSocket(0, 1000, address);
        listener.setSoTimeout((int) Party.PATIENCE.toMillis());
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The next connection that arrives. */
    Socket arrival() throws IOException {
        try {
            return listener.accept();
        } catch (SocketTimeoutException e) {
            throw new IOException("no connection arrived at the target", e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
