package dev.sshtunnels.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A client of a web server behind a port, with a new connection each time, that notes the longest it went without an answer. */
final class PortWatch implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 1000;
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();
    private static final byte[] REQUEST = "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final InetSocketAddress address;
    private long answered;
    private long longest;
    private volatile boolean closed;

    /** Begins when the first answer has come. */
    PortWatch(String address, int port) {
        this.address = new InetSocketAddress(address, port);
        await("an answer of " + this.address).until(this::answers);
        answered = System.nanoTime();
        Thread.ofVirtual().name("port watch").start(this::ask);
    }

    private void ask() {
        while (!closed) {
            if (answers()) {
                note();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Whether a byte of an answer comes, now. */
    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(REQUEST);
            return socket.getInputStream().read() >= 0;
        } catch (IOException notNow) {
            return false;
        }
    }

    private synchronized void note() {
        long now = System.nanoTime();
        longest = Math.max(longest, now - answered);
        answered = now;
    }

    /** The longest time without an answer so far, the present one included. */
    synchronized Duration longestSilence() {
        return Duration.ofNanos(Math.max(longest, System.nanoTime() - answered));
    }

    @Override
    public void close() {
        closed = true;
    }
}
