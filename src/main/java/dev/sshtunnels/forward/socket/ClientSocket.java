package dev.sshtunnels.forward.socket;

import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.ReadyHandler;
import dev.sshtunnels.loop.Timer;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A non-blocking socket with a queue for what it did not take; event loop only. */
public final class ClientSocket {

    /** How long what a peer sent before it left may wait for the other end to take it. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final SocketChannel channel;
    private final EventLoop loop;
    private final ReadyHandler handler;
    private final ByteQueue queue = new ByteQueue();
    private SelectionKey key;
    private int interest;
    private boolean closed;
    private boolean broken;
    private Timer lastWords;

    public ClientSocket(SocketChannel channel, EventLoop loop, ReadyHandler handler) {
        this.channel = channel;
        this.loop = loop;
        this.handler = handler;
    }

    /** Reads into the buffer; -1 after the peer's FIN. */
    public int read(ByteBuffer buffer) throws IOException {
        return channel.read(buffer);
    }

    /** Writes now what the socket takes and queues a copy of the rest; returns the bytes written. */
    public int write(ByteBuffer data) throws ClosedChannelException {
        if (broken) {
            return 0;
        }
        int written = queue.isEmpty() ? attempt(() -> channel.write(data)) : 0;
        if (data.hasRemaining() && !broken) {
            queue.add(data);
            interested(SelectionKey.OP_WRITE, true);
        }
        return written;
    }

    /** Writes from the queue; returns the bytes written. */
    public int drain() throws ClosedChannelException {
        int written = attempt(() -> queue.writeTo(channel));
        if (queue.isEmpty()) {
            interested(SelectionKey.OP_WRITE, false);
        }
        return written;
    }

    private int attempt(Writing writing) {
        try {
            return writing.write();
        } catch (IOException _) {
            breakOff();
            return 0;
        }
    }

    private interface Writing {
        int write() throws IOException;
    }

    private void breakOff() {
        broken = true;
        queue.clear();
        lastWords = loop.schedule(LAST_WORDS, () -> handler.failed(new SocketException("nobody took the last bytes")));
    }

    /** The peer takes nothing any more. What it sent before it left can still be read, up to the error or the end. */
    public boolean isBroken() {
        return broken;
    }

    public boolean isDrained() {
        return queue.isEmpty();
    }

    public void interestedInReading(boolean on) throws ClosedChannelException {
        interested(SelectionKey.OP_READ, on);
    }

    private void interested(int operation, boolean on) throws ClosedChannelException {
        int wanted = on ? interest | operation : interest & ~operation;
        if (closed || wanted == interest && key != null) {
            return;
        }
        interest = wanted;
        if (key == null) {
            key = loop.register(channel, wanted, handler);
        } else {
            key.interestOps(wanted);
        }
    }

    /** Sends FIN. */
    public void shutdownOutput() {
        if (broken) {
            return;
        }
        try {
            channel.shutdownOutput();
        } catch (IOException _) {
            breakOff();
        }
    }

    /** Ends with last words that the peer is sure to get; the handler hears no more of this socket. */
    public void finish(ByteBuffer lastWords, Runnable whenClosed) {
        LingeringClose.start(channel, lastWords, loop, whenClosed);
    }

    /** Closes: with a FIN, unless bytes of the peer were left unread. */
    public void close() {
        leave();
        SocketEnd.close(channel);
    }

    /** Closes with a RST, so that nobody takes what arrived for all there was. */
    public void reset() {
        leave();
        SocketEnd.reset(channel);
    }

    private void leave() {
        closed = true;
        queue.clear();
        if (lastWords != null) {
            lastWords.cancel();
        }
    }
}
