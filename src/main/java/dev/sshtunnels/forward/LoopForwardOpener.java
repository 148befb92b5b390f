package dev.sshtunnels.forward;

import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.ssh.SshConnection;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.SocksPolicy;
import dev.sshtunnels.tunnel.SocksRules;
import java.nio.ByteBuffer;
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
    public OpenForward open(SshConnection connection, Forward forward, AdmissionGate gate, ForwardListener listener) {
        OpenForward opened = switch (forward) {
            case Forward.Local local ->
                listening(
                        connection,
                        local,
                        gate,
                        listener,
                        connections -> client -> connections.open(client, local.target(), OpenReply.NONE, NOTHING));
            case Forward.Dynamic dynamic ->
                listening(
                        connection,
                        dynamic,
                        gate,
                        listener,
                        connections -> client -> negotiate(client, connections, gate.socks(), listener));
            case Forward.Remote remote ->
                remote(
                        connection,
                        remote,
                        listener,
                        new RemoteTarget(context.withOwnDialer(), remote.target(), listener));
            case Forward.RemoteDynamic remote ->
                remote(connection, remote, listener, new RemoteSocks(context.withOwnDialer(), gate, listener));
        };
        connection.closed().whenComplete((_, _) -> opened.close(OpenForward.Connections.RESET));
        return opened;
    }

    private OpenForward listening(
            SshConnection connection,
            Forward forward,
            AdmissionGate gate,
            ForwardListener listener,
            AdmittedBy admittedBy) {
        ForwardConnections connections = new ForwardConnections(listener);
        Consumer<AdmittedClient> admitted =
                admittedBy.with(new LocalConnections(context, connection.channels(), connections));
        ListeningForward listening = new ListeningForward(context, forward, gate, admitted, listener, connections);
        context.loop().execute(listening::start);
        return listening;
    }

    private void negotiate(
            AdmittedClient client, LocalConnections connections, SocksPolicy policy, ForwardListener listener) {
        switch (policy) {
            case SocksPolicy.Serve(SocksRules rules) ->
                new SocksNegotiation(client, context.loop(), connections, rules, listener).start();
            case SocksPolicy.RefuseAll(Finding why) -> {
                client.reset();
                listener.connectionRejected(why.reason(), client.source().getAddress());
            }
        }
    }

    private OpenForward remote(
            SshConnection connection, Forward forward, ForwardListener listener, IncomingConnections connections) {
        RemoteForward remote = new RemoteForward(
                context, forward, connection.remoteForwarding(), listenersOf(connection), listener, connections);
        context.loop().execute(remote::request);
        return remote;
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

    /** What becomes of a client that was let in. */
    private interface AdmittedBy {
        Consumer<AdmittedClient> with(LocalConnections connections);
    }
}
