package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.rig.BrokenException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** HTTP connections that have had one answer, so that they are known to lead to the target, and then are idle. */
final class Clients implements AutoCloseable {

    private static final int AT_A_TIME = 120;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: target\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final int port;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    Clients(int port) {
        this.port = port;
    }

    /** Opens further ones, {@value #AT_A_TIME} at a time. */
    void openMany(int count) {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<?>> opened = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                opened.add(threads.submit(this::openOne));
            }
            for (Future<?> each : opened) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new BrokenException("after " + sockets.size() + " connections", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokenException("interrupted while connecting", e);
        }
    }

    /** Opens one, and returns when the first byte of its answer is here. */
    Void openOne() throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        socket.getOutputStream().write(REQUEST);
        if (socket.getInputStream().read() < 0) {
            throw new IOException("a connection was closed without an answer");
        }
        return null;
    }

    @Override
    public void close() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new BrokenException("a client cannot be closed", e);
            }
        }
    }
}
