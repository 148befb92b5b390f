package dev.sshtunnels.isolation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A target that never answers a SYN, as behind a firewall that drops: its queue of connections is full for good. */
final class SilentTarget implements AutoCloseable {

    private static final int BACKLOG = 1;
    private static final int UNTIL_IT_IS_FULL_MILLIS = 300;

    private final ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final List<Socket> waiting = new ArrayList<>();

    SilentTarget() throws IOException {
        while (accepts()) {
            // It takes one more than the backlog says.
        }
    }

    private boolean accepts() throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(listener.getLocalSocketAddress(), UNTIL_IT_IS_FULL_MILLIS);
            waiting.add(socket);
            return true;
        } catch (SocketTimeoutException full) {
            socket.close();
            return false;
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : waiting) {
            socket.close();
        }
        listener.close();
    }
}
