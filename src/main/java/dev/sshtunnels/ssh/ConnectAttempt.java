package dev.sshtunnels.ssh;

import dev.sshtunnels.api.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;

/** One TCP connection to one address being made. */
final class ConnectAttempt {

    private final InetAddress address;
    private final SocketChannel channel;
    private final long startedNanos = System.nanoTime();
    private volatile boolean connected;
    private volatile IOException error;

    private ConnectAttempt(InetAddress address) throws IOException {
        this.address = address;
        this.channel = SocketChannel.open();
    }

    /**
     * Starts one on a thread of its own.
     *
     * @param finished told when it has succeeded or failed
     * @throws IOException when no socket can be opened
     */
    static ConnectAttempt start(InetAddress address, int port, Duration timeout, Consumer<ConnectAttempt> finished)
            throws IOException {
        ConnectAttempt attempt = new ConnectAttempt(address);
        Thread.ofVirtual().name("connect " + address).start(() -> {
            attempt.run(port, (int) Math.max(1, timeout.toMillis()));
            finished.accept(attempt);
        });
        return attempt;
    }

    private void run(int port, int timeoutMillis) {
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.socket().connect(new InetSocketAddress(address, port), timeoutMillis);
            connected = true;
        } catch (IOException e) {
            error = e;
        }
    }

    InetAddress address() {
        return address;
    }

    SocketChannel channel() {
        return channel;
    }

    /** {@link System#nanoTime()} of its start. */
    long startedNanos() {
        return startedNanos;
    }

    boolean connected() {
        return connected;
    }

    boolean failed() {
        return error != null;
    }

    /** Why it failed; one that is still waiting counts as timed out. */
    Reason reason() {
        IOException cause = error;
        String text = cause == null || cause.getMessage() == null ? "" : cause.getMessage();
        if (cause == null || cause instanceof SocketTimeoutException || text.contains("timed out")) {
            return Reason.ConnectTimeout;
        } else if (cause instanceof NoRouteToHostException || text.contains("unreachable")) {
            return Reason.Unreachable;
        } else if (text.contains("refused")) {
            return Reason.ConnectionRefused;
        }
        return text.contains("reset") ? Reason.ConnectionReset : Reason.Unreachable;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // Closed all the same.
        }
    }
}
