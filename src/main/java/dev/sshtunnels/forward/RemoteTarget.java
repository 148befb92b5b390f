package dev.sshtunnels.forward;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.channel.OpenFailure;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import java.nio.channels.SocketChannel;

/** Connects what arrives on the server to one target here: R. */
final class RemoteTarget implements IncomingConnections {

    private final ForwardContext context;
    private final HostPort target;
    private final ForwardConnections connections;

    RemoteTarget(ForwardContext context, HostPort target, ForwardListener listener) {
        this.context = context;
        this.target = target;
        this.connections = new ForwardConnections(listener);
    }

    /** The channel is accepted when the target has been reached, so that the server's client is never misled. */
    @Override
    public void incoming(Channels.Incoming incoming) {
        context.dialer().dial(target, new Dialer.Outcome() {
            @Override
            public void connected(SocketChannel channel) {
                accept(channel, incoming);
            }

            @Override
            public void failed(ConnectFailure cause, Finding finding) {
                connections.targetFound(finding);
                // Its name and address are no business of the server's.
                incoming.refuse(OpenFailure.CONNECT_FAILED, cause.words());
            }
        });
    }

    private void accept(SocketChannel channel, Channels.Incoming incoming) {
        if (connections.isOver()) {
            SocketEnd.close(channel);
            incoming.refuse(OpenFailure.ADMINISTRATIVELY_PROHIBITED, "the forward has ended");
            return;
        }
        connections.targetFound(new Finding(Reason.TargetConnected, target + " accepts connections"));
        TunnelConnection connection =
                new TunnelConnection(channel, context, OpenReply.NONE, new AcceptedConnection(connections));
        connections.add(connection);
        connection.opening(incoming.accept(connection));
    }

    @Override
    public void resetAll() {
        connections.resetAll();
    }
}
