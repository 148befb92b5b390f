package dev.sshtunnels.forward;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A port whose queue of connections is full: Linux drops further SYNs, so a connect to it neither succeeds nor fails. */
final class SilentTarget implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    private final List<SocketChannel> queued = new ArrayList<>();

    SilentTarget() throws IOException {
        for (int i = 0; i < 4; i++) {
            SocketChannel filler = SocketChannel.open();
            filler.configureBlocking(false);
            filler.connect(new InetSocketAddress("127.0.0.1", listener.getLocalPort()));
            queued.add(filler);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel filler : queued) {
            filler.close();
        }
        listener.close();
    }
}
