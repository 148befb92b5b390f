package dev.sshtunnels.faults;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A client of an echo behind another tunnel, that asks all the time and notes the longest that it waited for an answer.
 */
public final class Neighbour implements AutoCloseable {

    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private long last;
    private long largest;
    private IOException broken;
    private boolean closed;

    /** Connects to a forward on loopback whose target echoes. */
    public static Neighbour on(int port) throws IOException {
        return new Neighbour(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    private Neighbour(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        Thread.ofPlatform().name("neighbour").daemon().start(this::ask);
    }

    private void ask() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] question = new byte[8];
            while (true) {
                socket.getOutputStream().write(question);
                in.readFully(question);
                answered();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            ended(e);
        }
    }

    private synchronized void answered() {
        long now = System.nanoTime();
        if (last != 0) {
            largest = Math.max(largest, now - last);
        }
        last = now;
    }

    private synchronized void ended(IOException how) {
        if (!closed) {
            broken = how;
        }
    }

    /** Forgets what was before. */
    synchronized void begin() {
        last = System.nanoTime();
        largest = 0;
    }

    /**
     * The longest time between two answers since the beginning.
     *
     * @throws IllegalStateException when the connection broke
     */
    public synchronized Duration largestGap() {
        if (broken != null) {
            throw new IllegalStateException("the neighbour's connection broke", broken);
        }
        return Duration.ofNanos(Math.max(largest, System.nanoTime() - last));
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
        }
        socket.close();
    }
}
