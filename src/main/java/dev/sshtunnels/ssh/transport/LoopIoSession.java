package dev.sshtunnels.ssh.transport;

import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.ReadyHandler;
import dev.sshtunnels.loop.Timer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * The SSH socket on the event loop, as MINA's session sees it.
 *
 * <p>{@link #writeBuffer} and closing may come from any thread; the rest happens on the loop.
 */
final class LoopIoSession extends BaseIoSession implements ReadyHandler {

    private static final int READ_SIZE = 256 << 10;

    /** From here on packets are written at once, so that the server starts on them before the turn ends. */
    private static final int MUCH = 128 << 10;

    private static final Duration POLL = Duration.ofMillis(2);

    private final SocketChannel channel;
    private final EventLoop loop;
    private final IoHandler handler;
    /** Linux has it; elsewhere the kernel's delay stays. */
    private final boolean quickAck;

    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_SIZE);
    private final OutBuffer out = new OutBuffer();
    private final Runnable turnEnd = this::endTurn;
    private SelectionKey key;
    private TunnelSession session;
    private boolean full;
    private boolean readInTurn;
    private boolean wroteInTurn;
    private Timer poll;
    private Timer patience;

    LoopIoSession(SocketChannel channel, EventLoop loop, IoHandler handler, IoService service) throws IOException {
        super(service, channel.getLocalAddress(), channel.getRemoteAddress());
        this.channel = channel;
        this.loop = loop;
        this.handler = handler;
        this.quickAck = channel.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
    }

    /** Makes MINA's session over this socket and starts to listen to it. */
    void open() throws Exception {
        handler.sessionCreated(this);
        session = (TunnelSession) AbstractSession.getSession(this);
        loop.addTurnEndHook(turnEnd);
        key = loop.register(channel, SelectionKey.OP_READ, this);
    }

    // ---- the loop

    boolean isLoopThread() {
        return loop.isLoopThread();
    }

    @Override
    public void ready(int operations) throws Exception {
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            flush();
        }
        if ((operations & SelectionKey.OP_READ) != 0) {
            read();
        }
    }

    private void read() throws Exception {
        int bytes = channel.read(in.clear());
        if (bytes < 0) {
            throw new EOFException("the server closed the connection");
        }
        readInTurn = true;
        session.bytesReceived(in.flip());
    }

    @Override
    public void failed(Exception cause) {
        try {
            handler.exceptionCaught(this, cause);
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
        close(true);
    }

    private void endTurn() {
        try {
            boolean held = !session.takesLittle();
            session.endTurn();
            // Or since what the turn had left went out, just now.
            held |= full;
            flush();
            acknowledge();
            takeAnotherTurn(held);
        } catch (Exception e) {
            failed(e);
        }
    }

    /**
     * Comes back where nothing from the server will be the reason to.
     *
     * @param held whether nothing could be sent when the turn came to its end; the reason may be gone again: MINA ends
     *     key exchanges on threads of its own and tells nobody, and the socket may just have taken what filled it
     */
    private void takeAnotherTurn(boolean held) {
        if (session.waits() && !full && (held || !session.takesLittle()) && poll == null) {
            poll = loop.schedule(POLL, () -> poll = null);
        }
        if (session.waitsForServer() && patience == null) {
            patience = loop.schedule(InFlight.PATIENCE, () -> patience = null);
        }
    }

    /**
     * Acknowledges what was read in a turn that sent nothing: sshd leaves Nagle's algorithm on for a connection without
     * a session channel, so its next small packet would wait 40 ms for our delayed acknowledgement.
     */
    private void acknowledge() throws IOException {
        if (quickAck && readInTurn && !wroteInTurn && channel.isOpen()) {
            channel.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
        readInTurn = false;
        wroteInTurn = false;
    }

    // ---- writing

    void append(byte[] bytes, int offset, int length) {
        out.append(bytes, offset, length);
    }

    /** Whether the socket took less than it was given; data must wait. */
    boolean isFull() {
        return full;
    }

    void flushIfMuch() {
        if (!full && out.pending() >= MUCH) {
            try {
                flush();
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    private void flush() throws IOException {
        if (key == null || !channel.isOpen()) {
            return;
        }
        boolean wasFull = full;
        session.locked(() -> {
            wroteInTurn |= out.pending() > 0;
            full = !out.flushTo(channel);
        });
        if (full != wasFull) {
            waitForRoom(full);
        }
    }

    private void waitForRoom(boolean wait) {
        try {
            key.interestOps(wait ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        } catch (CancelledKeyException _) {
            // Another thread has closed the socket just now; ended() comes next.
        }
    }

    @Override
    public IoWriteFuture writeBuffer(Buffer buffer) throws IOException {
        TunnelSession owner = (TunnelSession) AbstractSession.getSession(this);
        owner.locked(() -> append(buffer.array(), buffer.rpos(), buffer.available()));
        buffer.rpos(buffer.wpos());
        loop.wakeup();
        return AbstractIoWriteFuture.fulfilled(this, Boolean.TRUE);
    }

    // ---- closing

    @Override
    protected void doCloseImmediately() {
        try {
            TunnelSession owner = (TunnelSession) AbstractSession.getSession(this, true);
            if (owner != null) {
                // The last packet tells the server why (SSH_MSG_DISCONNECT).
                owner.locked(() -> out.flushTo(channel));
            }
        } catch (IOException _) {
            // The connection is gone; nobody is there to be told.
        }
        closeChannel();
        super.doCloseImmediately();
        loop.execute(this::ended);
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException _) {
            // Closed all the same.
        }
    }

    private void ended() {
        loop.removeTurnEndHook(turnEnd);
        if (session != null) {
            session.ended();
        }
        try {
            handler.sessionClosed(this);
        } catch (Exception e) {
            log.debug("closing the session of {} failed", getRemoteAddress(), e);
        }
    }

    @Override
    public void shutdownOutputStream() throws IOException {
        channel.shutdownOutput();
    }
}
