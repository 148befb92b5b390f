package dev.sshtunnels.forward.remote;

import dev.sshtunnels.channel.Channel;
import dev.sshtunnels.channel.ChannelEndpoint;
import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.channel.Originator;
import dev.sshtunnels.forward.connection.AcceptedConnection;
import dev.sshtunnels.forward.connection.ForwardConnections;
import dev.sshtunnels.forward.connection.ForwardContext;
import dev.sshtunnels.forward.connection.OpenReply;
import dev.sshtunnels.forward.connection.TunnelConnection;
import dev.sshtunnels.forward.contract.ConnectionAccount;
import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.forward.socket.ByteQueue;
import dev.sshtunnels.forward.socket.ConnectFailure;
import dev.sshtunnels.forward.socket.Dialer;
import dev.sshtunnels.forward.socks.SocksDialogue;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.SocksRules;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * One client of a remote SOCKS listener: a dialogue over its channel, a dial, then a connection that takes the channel
 * over. What the client sends meanwhile waits here; the window bounds it, as it is not counted as consumed.
 */
final class RemoteSocksClient implements ChannelEndpoint, SocksDialogue.Carrier {

    /** RFC 1928 6 wants the connection closed within 10 s of a failure reply. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final ForwardContext context;
    private final Predicate<InetAddress> permitted;
    private final ForwardConnections connections;
    private final SocksDialogue dialogue;
    /** A full window at most, until the target answers or is given up. */
    private final ByteQueue early = new ByteQueue();

    private Phase phase = Phase.TALKING;
    private Originator client;
    private Channel channel;
    private TunnelConnection connection;
    private ByteBuffer unsent = ByteBuffer.allocate(0);
    private boolean clientEof;

    private enum Phase {
        TALKING,
        DIALING,
        CONNECTED,
        REFUSED,
        CLOSED
    }

    RemoteSocksClient(
            ForwardContext context,
            SocksRules rules,
            Predicate<InetAddress> permitted,
            ForwardListener listener,
            ForwardConnections connections) {
        this.context = context;
        this.permitted = permitted;
        this.connections = connections;
        this.dialogue = new SocksDialogue(rules, this, listener);
    }

    void accept(Channels.Incoming incoming) {
        client = incoming.originator();
        dialogue.start(context.loop());
        channel = incoming.accept(this);
    }

    // ---- the channel

    @Override
    public void opened(Channel opened) {
        channel = opened;
    }

    @Override
    public void openFailed(int reason, String description) {
        throw new IllegalStateException("the server opened this channel itself");
    }

    @Override
    public void received(byte[] data, int offset, int length) {
        switch (phase) {
            case TALKING -> listen(data, offset, length);
            case DIALING -> early.add(ByteBuffer.wrap(data, offset, length));
            case CONNECTED -> connection.received(data, offset, length);
            case REFUSED, CLOSED -> channel.consumed(length);
        }
    }

    private void listen(byte[] data, int offset, int length) {
        ByteBuffer arrived = dialogue.arrived();
        int before = arrived.position();
        int taken = Math.min(length, arrived.remaining());
        arrived.put(data, offset, taken);
        try {
            dialogue.advance();
        } catch (IOException e) {
            close();
        }
        // What the dialogue has left over is consumed when the target takes it.
        int leftOver = phase == Phase.TALKING ? arrived.position() : early.size();
        channel.consumed(before + taken - leftOver);
        if (taken < length) {
            received(data, offset + taken, length - taken);
        }
    }

    @Override
    public void writable() {
        if (phase == Phase.CONNECTED) {
            connection.writable();
        } else {
            flush();
        }
    }

    @Override
    public void receivedEof() {
        clientEof = true;
        switch (phase) {
            case TALKING -> close();
            case REFUSED -> endWhenSaid();
            case CONNECTED -> connection.receivedEof();
            case DIALING, CLOSED -> {}
        }
    }

    @Override
    public void closed(boolean lost) {
        if (phase == Phase.CONNECTED) {
            connection.closed(lost);
        } else {
            close();
        }
    }

    // ---- the dialogue

    @Override
    public void send(byte[] bytes) {
        unsent = ByteBuffer.allocate(unsent.remaining() + bytes.length)
                .put(unsent)
                .put(bytes)
                .flip();
        flush();
    }

    private void flush() {
        if (phase == Phase.CLOSED) {
            return;
        }
        channel.write(unsent);
        if (phase == Phase.REFUSED) {
            endWhenSaid();
        }
    }

    /** A server may drop what it has for its client when the channel closes, so the client goes first. */
    private void endWhenSaid() {
        if (!unsent.hasRemaining()) {
            channel.sendEof();
            if (clientEof) {
                close();
            }
        }
    }

    @Override
    public void connect(HostPort target, OpenReply reply, ByteBuffer sentAhead) {
        phase = Phase.DIALING;
        early.add(sentAhead);
        ConnectionAccount account = connections.account(client, target);
        context.dialer().dial(target, permitted, new Dialer.Outcome() {
            @Override
            public void connected(SocketChannel socket) {
                connections.reached(account);
                carry(socket, account, reply.opened());
            }

            @Override
            public void failed(ConnectFailure cause, Finding finding) {
                connections.notReached(account, finding);
                if (phase == Phase.DIALING) {
                    refuse(reply.failed(cause).array());
                }
            }
        });
    }

    private void carry(SocketChannel socket, ConnectionAccount account, ByteBuffer reply) {
        connection =
                new TunnelConnection(socket, context, OpenReply.NONE, account, new AcceptedConnection(connections));
        connections.add(connection);
        if (phase != Phase.DIALING || connections.isOver()) {
            connection.reset(connections.isOver() ? ConnectionEnd.ForwardClosed : ConnectionEnd.ClientClosed);
            close();
            return;
        }
        phase = Phase.CONNECTED;
        connection.startWith(ByteBuffer.allocate(unsent.remaining() + reply.remaining())
                .put(unsent)
                .put(reply)
                .flip());
        connection.opened(channel);
        early.drainTo(connection::writeToSocket);
        if (clientEof) {
            connection.receivedEof();
        }
    }

    @Override
    public void refuse(byte[] lastWords) {
        if (lastWords.length == 0) {
            close();
            return;
        }
        phase = Phase.REFUSED;
        // A server whose window is used up would not see that its client leaves.
        channel.consumed(early.size());
        early.clear();
        send(lastWords);
        context.loop().schedule(LAST_WORDS, this::close);
    }

    private void close() {
        if (phase != Phase.CLOSED) {
            phase = Phase.CLOSED;
            early.clear();
            dialogue.stop();
            // Not there yet when the session was lost before the channel could be accepted.
            if (channel != null) {
                channel.close();
            }
        }
    }
}
