package dev.sshtunnels.forward;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.channel.Channel;
import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.tunnel.Destination;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.SocketPath;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Opens a channel to a target behind the server for a client's socket. */
final class LocalConnections {

    private final ForwardContext context;
    private final Channels channels;
    private final ForwardConnections connections;

    LocalConnections(ForwardContext context, Channels channels, ForwardConnections connections) {
        this.context = context;
        this.channels = channels;
        this.connections = connections;
    }

    /**
     * Connects a client to a target.
     *
     * @param early bytes of the client that were read already
     */
    void open(AdmittedClient client, Destination target, OpenReply reply, ByteBuffer early) {
        InetSocketAddress originator = client.source();
        TunnelConnection connection =
                new TunnelConnection(client.socket(), context, reply, new Outcome(target, client));
        client.connected(connection);
        connections.add(connection);
        connection.startWith(early);
        connection.opening(channel(target, originator, connection));
    }

    private Channel channel(Destination target, InetSocketAddress originator, TunnelConnection connection) {
        return switch (target) {
            case HostPort(String host, int port) ->
                channels.openDirectTcpip(
                        host, port, originator.getAddress().getHostAddress(), originator.getPort(), connection);
            case SocketPath(String path) -> channels.openDirectStreamlocal(path, connection);
        };
    }

    private final class Outcome implements ConnectionObserver {

        private final Destination target;
        private final AdmittedClient client;

        Outcome(Destination target, AdmittedClient client) {
            this.target = target;
            this.client = client;
        }

        @Override
        public void opened(TunnelConnection connection) {
            connections.targetFound(new Finding(Reason.TargetConnected, target + " accepts connections"));
        }

        @Override
        public void openFailed(TunnelConnection connection, int reason, String description) {
            connections.targetFound(RefusedByServer.of(target, reason, description));
        }

        @Override
        public void ended(TunnelConnection connection, long sentBytes, long receivedBytes, boolean failed) {
            client.left();
            connections.ended(connection, sentBytes, receivedBytes, failed);
        }
    }
}
