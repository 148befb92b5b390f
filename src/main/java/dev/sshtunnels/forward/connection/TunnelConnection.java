package dev.sshtunnels.forward.connection;

import dev.sshtunnels.channel.Channel;
import dev.sshtunnels.channel.ChannelEndpoint;
import dev.sshtunnels.forward.contract.ConnectionAccount;
import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.forward.socket.ClientSocket;
import dev.sshtunnels.forward.socket.ConnectFailure;
import dev.sshtunnels.forward.socket.SocketAction;
import dev.sshtunnels.loop.ReadyHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * One forwarded connection: bytes between a socket and a channel, each direction ending by itself (half-close).
 *
 * <p>Flow control is the window's: a byte counts as consumed when the socket took it, and the socket is read only while
 * the channel takes data.
 */
public final class TunnelConnection implements ChannelEndpoint, ReadyHandler {

    private final ClientSocket socket;
    private final SocketBuffers buffers;
    private final OpenReply reply;
    private final ConnectionObserver observer;
    private final ConnectionAccount account;
    private final Outflow outflow;
    private Channel channel;
    private boolean channelOpen;
    private boolean refused;
    private boolean socketEof;
    private boolean socketLeftFirst;
    private boolean channelEof;
    private boolean channelClosed;
    private boolean ended;

    public TunnelConnection(
            SocketChannel channel,
            ForwardContext context,
            OpenReply reply,
            ConnectionAccount account,
            ConnectionObserver observer) {
        this.socket = new ClientSocket(channel, context.loop(), this);
        this.buffers = context.buffers();
        this.reply = reply;
        this.account = account;
        this.observer = observer;
        this.outflow = new Outflow(account);
    }

    /** Bytes that came before the channel was there. */
    public void startWith(ByteBuffer early) {
        outflow.startWith(early);
    }

    /** The channel while it is being opened, so that it can be closed. */
    public void opening(Channel newChannel) {
        channel = newChannel;
        if (ended) {
            channel.close();
        }
    }

    public ConnectionAccount account() {
        return account;
    }

    @Override
    public void opened(Channel newChannel) {
        channel = newChannel;
        channelOpen = true;
        if (ended) {
            channel.close();
            return;
        }
        observer.opened(this);
        guarded(() -> {
            socket.write(reply.opened());
            writable();
        });
    }

    @Override
    public void openFailed(int reason, String description) {
        channelClosed = true;
        refused(ConnectFailure.of(reason, description), description);
    }

    /** The peer takes too long to answer. */
    public void openTimedOut() {
        if (!channelOpen) {
            channel.close();
            refused(ConnectFailure.TIMED_OUT, "");
        }
    }

    private void refused(ConnectFailure cause, String description) {
        if (ended || refused) {
            return;
        }
        refused = true;
        observer.openFailed(this, cause, description);
        ByteBuffer lastWords = reply.failed(cause);
        if (lastWords.hasRemaining()) {
            socket.finish(lastWords, () -> end(ConnectionEnd.TargetNotReached, false));
        } else {
            end(ConnectionEnd.TargetNotReached, true);
        }
    }

    @Override
    public void received(byte[] data, int offset, int length) {
        if (ended) {
            return;
        }
        if (socket.isDrained()) {
            buffers.gather(this, data, offset, length);
        } else {
            // Gathered when the socket took only a part of what was before it: it comes first.
            buffers.flush(this);
            writeToSocket(ByteBuffer.wrap(data, offset, length));
        }
    }

    public void writeToSocket(ByteBuffer data) {
        if (!ended) {
            guarded(() -> written(socket.write(data)));
        }
    }

    private void written(int bytes) {
        account.received(bytes);
        channel.consumed(bytes);
    }

    @Override
    public void writable() {
        if (!ended && channelOpen && outflow.flush(channel)) {
            guarded(this::readFromSocket);
        }
    }

    @Override
    public void receivedEof() {
        buffers.flush(this);
        channelEof = true;
        guarded(this::endDirections);
    }

    @Override
    public void closed(boolean lost) {
        buffers.flush(this);
        channelClosed = true;
        if (lost) {
            end(ConnectionEnd.SessionLost, true);
        } else if (!refused) {
            channelEof = true;
            guarded(this::endDirections);
        }
    }

    @Override
    public void ready(int operations) throws IOException {
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            written(socket.drain());
            endDirections();
        }
        if ((operations & SelectionKey.OP_READ) != 0 && !ended) {
            readFromSocket();
        }
        endIfBroken();
    }

    private void readFromSocket() throws IOException {
        if (ended || socketEof || !outflow.isEmpty()) {
            return;
        }
        int room = channel.writable();
        if (room == 0) {
            socket.interestedInReading(false);
            return;
        }
        ByteBuffer buffer = buffers.forReading(room);
        int bytes = socket.read(buffer);
        if (bytes < 0) {
            socketEof = true;
            socketLeftFirst = !channelEof;
            socket.interestedInReading(false);
            channel.sendEof();
            endDirections();
            return;
        }
        outflow.send(channel, buffer.flip());
        socket.interestedInReading(outflow.isEmpty());
    }

    @Override
    public void failed(Exception cause) {
        end(account.socketFailed(), false);
    }

    private void endDirections() {
        if (ended || !channelEof || !socket.isDrained()) {
            return;
        }
        if (channelClosed || socketEof) {
            end(account.closed(socketLeftFirst), false);
        } else {
            socket.shutdownOutput();
        }
    }

    /** When writes fail, what the socket's peer sent before it left is to arrive first, as with OpenSSH. */
    private void endIfBroken() {
        if (socket.isBroken() && (socketEof || channelClosed || !channelOpen)) {
            end(account.socketFailed(), false);
        }
    }

    /** Ends at once, with a RST to the client. */
    public void reset(ConnectionEnd cause) {
        end(cause, true);
    }

    private void end(ConnectionEnd cause, boolean withReset) {
        if (ended) {
            return;
        }
        ended = true;
        if (withReset) {
            socket.reset();
        } else {
            socket.close();
        }
        if (channel != null) {
            channel.close();
        }
        observer.ended(this, cause);
    }

    private void guarded(SocketAction action) {
        try {
            action.run();
            endIfBroken();
        } catch (IOException e) {
            failed(e);
        }
    }
}
