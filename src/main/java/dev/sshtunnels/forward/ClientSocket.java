package dev.sshtunnels.forward;

import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.ReadyHandler;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A non-blocking socket with a queue for what it did not take; event loop only. */
final class ClientSocket {

    private final SocketChannel channel;
    private final EventLoop loop;
    private final ReadyHandler handler;
    private final ByteQueue queue = new ByteQueue();
    private SelectionKey key;
    private int interest;
    private boolean closed;

    ClientSocket(SocketChannel channel, EventLoop loop, ReadyHandler handler) {
        this.channel = channel;
        this.loop = loop;
        this.handler = handler;
    }

    /** Reads into the buffer; -1 after the peer's FIN. */
    int read(ByteBuffer buffer) throws IOException {
        return channel.read(buffer);
    }

    /** Writes now what the socket takes and queues a copy of the rest; returns the bytes written. */
    int write(ByteBuffer data) throws IOException {
        int written = queue.isEmpty() ? channel.write(data) : 0;
        if (data.hasRemaining()) {
            queue.add(data);
            interested(SelectionKey.OP_WRITE, true);
        }
        return written;
    }

    /** Writes from the queue; returns the bytes written. */
    int drain() throws IOException {
        int written = queue.writeTo(channel);
        if (queue.isEmpty()) {
            interested(SelectionKey.OP_WRITE, false);
        }
        return written;
    }

    boolean isDrained() {
        return queue.isEmpty();
    }

    void interestedInReading(boolean on) throws ClosedChannelException {
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
    void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    /** Ends with last words that the peer is sure to get; the handler hears no more of this socket. */
    void finish(ByteBuffer lastWords, Runnable whenClosed) {
        LingeringClose.start(channel, lastWords, loop, whenClosed);
    }

    /** Closes: with a FIN, unless bytes of the peer were left unread. */
    void close() {
        closed = true;
        queue.clear();
        try {
            channel.close();
        } catch (IOException _) {
            // Closed all the same.
        }
    }

    /** Closes with a RST, so that nobody takes what arrived for all there was. */
    void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException _) {
            // The peer was faster.
        }
        close();
    }
}
