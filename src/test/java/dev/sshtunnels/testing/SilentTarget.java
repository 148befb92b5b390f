package dev.sshtunnels.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A port whose queue of connections is full: Linux drops further SYNs, so a connect to it neither succeeds nor fails. */
public final class SilentTarget implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    /** It takes one more than the queue is long; the others find it full. */
    private static final int FILLERS = 4;

    private final ServerSocket listener;
    private final List<SocketChannel> queued = new ArrayList<>();
    private final Set<Integer> queuedPorts = new HashSet<>();

    /** On a free port of 127.0.0.1. */
    public SilentTarget() throws IOException {
        this("127.0.0.1", 0);
    }

    public SilentTarget(String address, int port) throws IOException {
        listener = new ServerSocket(port, 1, InetAddress.getByName(address));
        for (int i = 0; i < FILLERS; i++) {
            SocketChannel filler = SocketChannel.open();
            filler.configureBlocking(false);
            filler.bind(new InetSocketAddress(address, 0));
            filler.connect(listener.getLocalSocketAddress());
            queued.add(filler);
            queuedPorts.add(((InetSocketAddress) filler.getLocalAddress()).getPort());
        }
        await().until(() -> queued.get(0).finishConnect() && queued.get(1).finishConnect());
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Number of connections of others that wait for an answer to their SYN. */
    public long strangers() throws IOException {
        return TcpSockets.dialling(port())
                .filter(local -> !queuedPorts.contains(local))
                .count();
    }

    /** Answers from now on: what the first connection of somebody else reads, -1 for its end. */
    public int readOfAStranger() throws IOException {
        listener.setSoTimeout(PATIENCE_MILLIS);
        while (true) {
            try (Socket client = listener.accept()) {
                if (!queuedPorts.contains(client.getPort())) {
                    client.setSoTimeout(PATIENCE_MILLIS);
                    return client.getInputStream().read();
                }
            } catch (SocketException reset) {
                return -1;
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel filler : queued) {
            filler.close();
        }
        listener.close();
    }
}
