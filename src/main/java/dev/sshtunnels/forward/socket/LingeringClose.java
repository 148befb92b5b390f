package dev.sshtunnels.forward.socket;

import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.ReadyHandler;
import dev.sshtunnels.loop.Timer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Ends a connection so that its last words arrive: FIN behind them, then reading until the peer's FIN. A socket that is
 * closed with unread bytes in it sends a RST (RFC 2525 2.17), and that takes away from the peer what it has not read yet.
 */
public final class LingeringClose implements ReadyHandler {

    /** RFC 1928 6 wants the connection closed within 10 s of a failure reply. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int READ_SIZE = 8192;

    /** So many reads at once, then others have their turn. */
    private static final int BATCH = 8;

    private final SocketChannel channel;
    private final Runnable whenClosed;
    private Timer timer;
    private boolean closed;

    private LingeringClose(SocketChannel channel, Runnable whenClosed) {
        this.channel = channel;
        this.whenClosed = whenClosed;
    }

    /**
     * Takes a socket over from its former handler.
     *
     * @param lastWords a few bytes, for a socket that takes them at once
     * @param whenClosed run once
     */
    public static void start(SocketChannel channel, ByteBuffer lastWords, EventLoop loop, Runnable whenClosed) {
        LingeringClose close = new LingeringClose(channel, whenClosed);
        try {
            channel.write(lastWords);
            channel.shutdownOutput();
            loop.register(channel, SelectionKey.OP_READ, close);
            close.timer = loop.schedule(PATIENCE, close::close);
        } catch (IOException e) {
            close.close();
        }
    }

    @Override
    public void ready(int operations) throws IOException {
        ByteBuffer dropped = ByteBuffer.allocate(READ_SIZE);
        int bytes = READ_SIZE;
        for (int i = 0; i < BATCH && bytes == READ_SIZE; i++) {
            bytes = channel.read(dropped.clear());
        }
        if (bytes < 0) {
            close();
        }
    }

    @Override
    public void failed(Exception cause) {
        close();
    }

    private void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
        SocketEnd.close(channel);
        whenClosed.run();
    }
}
