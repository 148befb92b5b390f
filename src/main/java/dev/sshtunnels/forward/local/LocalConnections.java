package dev.sshtunnels.forward.local;

import dev.sshtunnels.channel.Channel;
import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.channel.Originator;
import dev.sshtunnels.forward.connection.ConnectionObserver;
import dev.sshtunnels.forward.connection.ForwardConnections;
import dev.sshtunnels.forward.connection.ForwardContext;
import dev.sshtunnels.forward.connection.OpenReply;
import dev.sshtunnels.forward.connection.RefusedByServer;
import dev.sshtunnels.forward.connection.TunnelConnection;
import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.forward.socket.ConnectFailure;
import dev.sshtunnels.loop.Timer;
import dev.sshtunnels.tunnel.Destination;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.IpText;
import dev.sshtunnels.tunnel.SocketPath;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Opens a channel to a target behind the server for a client's socket. */
public final class LocalConnections {

    /** A server's own patience with a target that does not answer is its kernel's, of minutes. */
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);

    private final ForwardContext context;
    private final Channels channels;
    private final ForwardConnections connections;

    public LocalConnections(ForwardContext context, Channels channels, ForwardConnections connections) {
        this.context = context;
        this.channels = channels;
        this.connections = connections;
    }

    /**
     * Connects a client to a target.
     *
     * @param early bytes of the client that were read already
     */
    public void open(AdmittedClient client, Destination target, OpenReply reply, ByteBuffer early) {
        InetSocketAddress source = client.source();
        Originator originator = new Originator(IpText.of(source.getAddress()), source.getPort());
        Outcome outcome = new Outcome(target, client);
        TunnelConnection connection =
                new TunnelConnection(client.socket(), context, reply, connections.account(originator, target), outcome);
        client.connected(connection);
        connections.add(connection);
        connection.startWith(early);
        outcome.deadline = context.loop().schedule(OPEN_TIMEOUT, connection::openTimedOut);
        if (connections.isOver()) {
            connection.reset(ConnectionEnd.ForwardClosed);
        } else {
            connection.opening(channel(target, originator, connection));
        }
    }

    private Channel channel(Destination target, Originator originator, TunnelConnection connection) {
        return switch (target) {
            case HostPort(String host, int port) ->
                channels.openDirectTcpip(host, port, originator.host(), originator.port(), connection);
            case SocketPath(String path) -> channels.openDirectStreamlocal(path, connection);
        };
    }

    private final class Outcome implements ConnectionObserver {

        private final Destination target;
        private final AdmittedClient client;
        private Timer deadline;

        Outcome(Destination target, AdmittedClient client) {
            this.target = target;
            this.client = client;
        }

        @Override
        public void opened(TunnelConnection connection) {
            deadline.cancel();
            connections.reached(connection.account());
        }

        @Override
        public void openFailed(TunnelConnection connection, ConnectFailure cause, String description) {
            deadline.cancel();
            connections.targetFound(RefusedByServer.finding(target, cause, description));
        }

        @Override
        public void ended(TunnelConnection connection, ConnectionEnd end) {
            deadline.cancel();
            client.left();
            connections.ended(connection, end);
        }
    }
}
