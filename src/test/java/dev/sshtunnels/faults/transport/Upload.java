package dev.sshtunnels.faults.transport;

import static org.awaitility.Awaitility.await;

import dev.sshtunnels.faults.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A client that sends as much as it can through a tunnel of a stage. */
final class Upload implements AutoCloseable {

    private static final long FILLS_EVERY_BUFFER = Long.MAX_VALUE;

    private static final int CHUNK = 32 << 10;
    private static final long UNDER_WAY = 4 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Socket socket;
    private final AtomicLong sent = new AtomicLong();
    private final CompletableFuture<IOException> reset = new CompletableFuture<>();

    private Upload(Socket socket) {
        this.socket = socket;
    }

    /** Begins to send without end. */
    static Upload through(Stage stage) throws IOException {
        Upload upload = new Upload(
                new Socket(InetAddress.getLoopbackAddress(), stage.agent().port(Stage.SINK)));
        upload.begin(FILLS_EVERY_BUFFER);
        return upload;
    }

    /** Connects through to the echo, and sends nothing more yet. */
    static Upload connected(Stage stage) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), stage.agent().port(Stage.TUNNEL));
        socket.getOutputStream().write(0);
        socket.getInputStream().read();
        return new Upload(socket);
    }

    /** Sends so many bytes, and keeps the connection. */
    void begin(long bytes) {
        Thread.ofVirtual().name("upload").start(() -> send(bytes));
    }

    private void send(long bytes) {
        try {
            byte[] chunk = new byte[CHUNK];
            while (sent.get() < bytes) {
                socket.getOutputStream().write(chunk);
                sent.addAndGet(CHUNK);
            }
        } catch (IOException e) {
            reset.complete(e);
        }
    }

    /** Waits until data flows. */
    void awaitFlow() {
        await("an upload").atMost(PATIENCE).until(() -> sent.get() > UNDER_WAY);
    }

    long sent() {
        return sent.get();
    }

    /** Waits until the connection breaks, as it should with its session. */
    void awaitReset() throws Exception {
        reset.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
