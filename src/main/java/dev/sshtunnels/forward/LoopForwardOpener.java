package dev.sshtunnels.forward;

import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.ssh.SshConnection;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Opens forwards whose sockets belong to an event loop. */
public final class LoopForwardOpener implements ForwardOpener {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ForwardContext context;
    private final Map<SshConnection, RemoteListeners> remoteListeners = new IdentityHashMap<>();

    public LoopForwardOpener(EventLoop loop) {
        SocketBuffers buffers = new SocketBuffers();
        context = new ForwardContext(loop, buffers, new DescriptorReserve());
        loop.execute(() -> loop.addTurnEndHook(buffers::flush));
    }

    @Override
    public OpenForward open(SshConnection connection, Forward forward, ForwardListener listener) {
        OpenForward opened = switch (forward) {
            case Forward.Local local ->
                listening(
                        connection,
                        local.listen(),
                        listener,
                        connections -> client -> connections.open(client, local.target(), OpenReply.NONE, NOTHING));
            case Forward.Dynamic dynamic ->
                listening(
                        connection,
                        dynamic.listen(),
                        listener,
                        connections -> client -> new SocksNegotiation(client, connections).start(context.loop()));
            case Forward.Remote remote -> remote(connection, remote, listener);
        };
        connection.closed().whenComplete((_, _) -> opened.close(OpenForward.Connections.RESET));
        return opened;
    }

    private OpenForward listening(
            SshConnection connection, HostPort listen, ForwardListener listener, AcceptedBy acceptedBy) {
        ForwardConnections connections = new ForwardConnections(listener);
        Consumer<SocketChannel> accepted =
                acceptedBy.with(new LocalConnections(context, connection.channels(), connections));
        ListeningForward forward = new ListeningForward(context, listen, accepted, listener, connections);
        context.loop().execute(forward::start);
        return forward;
    }

    private OpenForward remote(SshConnection connection, Forward.Remote remote, ForwardListener listener) {
        RemoteForward forward = new RemoteForward(
                context.withOwnDialer(), remote, connection.remoteForwarding(), listenersOf(connection), listener);
        context.loop().execute(forward::request);
        return forward;
    }

    /** One book per session; it goes when the session goes. */
    private RemoteListeners listenersOf(SshConnection connection) {
        synchronized (remoteListeners) {
            return remoteListeners.computeIfAbsent(connection, _ -> {
                RemoteListeners listeners = new RemoteListeners();
                context.loop().execute(() -> connection.channels().onForwardedTcpip(listeners));
                connection.closed().whenComplete((_, _) -> forget(connection));
                return listeners;
            });
        }
    }

    private void forget(SshConnection connection) {
        synchronized (remoteListeners) {
            remoteListeners.remove(connection);
        }
    }

    /** What an accepted socket is used for. */
    private interface AcceptedBy {
        Consumer<SocketChannel> with(LocalConnections connections);
    }
}
