package dev.sshtunnels.forward.remote;

import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.channel.OpenFailure;
import dev.sshtunnels.forward.connection.AcceptedConnection;
import dev.sshtunnels.forward.connection.ForwardConnections;
import dev.sshtunnels.forward.connection.ForwardContext;
import dev.sshtunnels.forward.connection.OpenReply;
import dev.sshtunnels.forward.connection.TunnelConnection;
import dev.sshtunnels.forward.contract.ConnectionAccount;
import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.forward.exposure.IncomingConnections;
import dev.sshtunnels.forward.socket.ConnectFailure;
import dev.sshtunnels.forward.socket.Dialer;
import dev.sshtunnels.forward.socket.SocketEnd;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import java.nio.channels.SocketChannel;

/** Connects what arrives on the server to one target here: R. */
public final class RemoteTarget implements IncomingConnections {

    private final ForwardContext context;
    private final HostPort target;
    private final ForwardConnections connections;

    public RemoteTarget(ForwardContext context, HostPort target, ForwardListener listener) {
        this.context = context;
        this.target = target;
        this.connections = new ForwardConnections(listener, ConnectionEnd.Party.TARGET);
    }

    /** The channel is accepted when the target has been reached, so that the server's client is never misled. */
    @Override
    public void incoming(Channels.Incoming incoming) {
        ConnectionAccount account = connections.account(incoming.originator(), target);
        context.dialer().dial(target, new Dialer.Outcome() {
            @Override
            public void connected(SocketChannel channel) {
                accept(channel, incoming, account);
            }

            @Override
            public void failed(ConnectFailure cause, Finding finding) {
                connections.notReached(account, finding);
                // Its name and address are no business of the server's.
                incoming.refuse(OpenFailure.CONNECT_FAILED, cause.words());
            }
        });
    }

    private void accept(SocketChannel channel, Channels.Incoming incoming, ConnectionAccount account) {
        if (connections.isOver()) {
            SocketEnd.close(channel);
            incoming.refuse(OpenFailure.ADMINISTRATIVELY_PROHIBITED, "the forward has ended");
            return;
        }
        connections.reached(account);
        TunnelConnection connection =
                new TunnelConnection(channel, context, OpenReply.NONE, account, new AcceptedConnection(connections));
        connections.add(connection);
        connection.opening(incoming.accept(connection));
    }

    @Override
    public void resetAll() {
        connections.resetAll();
    }
}
