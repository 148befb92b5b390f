package dev.sshtunnels.forward;

import dev.sshtunnels.forward.connection.ForwardConnections;
import dev.sshtunnels.forward.connection.ForwardContext;
import dev.sshtunnels.forward.connection.OpenReply;
import dev.sshtunnels.forward.connection.SocketBuffers;
import dev.sshtunnels.forward.contract.ClosableForward;
import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.forward.contract.OpenForward;
import dev.sshtunnels.forward.exposure.IncomingConnections;
import dev.sshtunnels.forward.local.AdmissionGate;
import dev.sshtunnels.forward.local.AdmittedClient;
import dev.sshtunnels.forward.local.ListeningForward;
import dev.sshtunnels.forward.local.LocalConnections;
import dev.sshtunnels.forward.local.SocksNegotiation;
import dev.sshtunnels.forward.remote.LostListeners;
import dev.sshtunnels.forward.remote.RemoteForward;
import dev.sshtunnels.forward.remote.RemoteListeners;
import dev.sshtunnels.forward.remote.RemoteSession;
import dev.sshtunnels.forward.remote.RemoteSocks;
import dev.sshtunnels.forward.remote.RemoteTarget;
import dev.sshtunnels.forward.socket.DescriptorReserve;
import dev.sshtunnels.forward.watch.ChannelLink;
import dev.sshtunnels.forward.watch.ProbeTarget;
import dev.sshtunnels.forward.watch.SocketLinks;
import dev.sshtunnels.forward.watch.TargetWatch;
import dev.sshtunnels.forward.watch.WatchedForward;
import dev.sshtunnels.forward.watch.WatchedListener;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.ssh.SshConnection;
import dev.sshtunnels.tunnel.Checks;
import dev.sshtunnels.tunnel.Destination;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.SocksPolicy;
import dev.sshtunnels.tunnel.SocksRules;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Opens forwards whose sockets belong to an event loop. */
public final class LoopForwardOpener implements ForwardOpener {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ForwardContext context;
    private final Map<SshConnection, AtSessionEnd> ends = new IdentityHashMap<>();
    private final Map<SshConnection, RemoteSession> remoteSessions = new IdentityHashMap<>();
    private final LostListeners lostListeners = new LostListeners();
    private final RandomGenerator random;

    /** @param random spreads what is done again and again */
    public LoopForwardOpener(EventLoop loop, RandomGenerator random) {
        this.random = random;
        SocketBuffers buffers = new SocketBuffers();
        context = new ForwardContext(loop, buffers, new DescriptorReserve());
        loop.execute(() -> loop.addTurnEndHook(buffers::flush));
    }

    @Override
    public OpenForward open(
            SshConnection connection, Forward forward, AdmissionGate gate, Checks checks, ForwardListener told) {
        TargetWatch watch = new TargetWatch(context.loop(), told, probeTarget(connection, forward));
        ForwardListener listener = new WatchedListener(told, watch);
        ClosableForward opened = switch (forward) {
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
                        checks,
                        listener,
                        new RemoteTarget(context.withOwnDialer(), remote.target(), listener));
            case Forward.RemoteDynamic remote ->
                remote(
                        connection,
                        remote,
                        checks,
                        listener,
                        new RemoteSocks(context.withOwnDialer(), gate::socks, listener));
        };
        AtSessionEnd atEnd = endOf(connection);
        Runnable lost = () -> {
            opened.lost();
            context.loop().execute(watch::close);
        };
        atEnd.add(lost);
        OpenForward watched =
                new WatchedForward(context.loop(), opened, watch, target(forward), () -> atEnd.remove(lost));
        if (checks.target().isPresent()) {
            watched.check(checks);
        }
        return watched;
    }

    private static Optional<Destination> target(Forward forward) {
        return switch (forward) {
            case Forward.Local local -> Optional.of(local.target());
            case Forward.Remote remote -> Optional.of(remote.target());
            case Forward.Dynamic _, Forward.RemoteDynamic _ -> Optional.empty();
        };
    }

    /** The way that the forward's connections take. */
    private Optional<ProbeTarget> probeTarget(SshConnection connection, Forward forward) {
        return target(forward)
                .map(target -> new ProbeTarget(
                        target,
                        switch (target) {
                            case HostPort here
                            when forward instanceof Forward.Remote -> new SocketLinks(context.withOwnDialer(), here);
                            case Destination there -> ChannelLink.opener(context.loop(), connection.channels(), there);
                        }));
    }

    private ClosableForward listening(
            SshConnection connection,
            Forward forward,
            AdmissionGate gate,
            ForwardListener listener,
            AdmittedBy admittedBy) {
        ForwardConnections connections = new ForwardConnections(listener, ConnectionEnd.Party.CLIENT);
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
                listener.connectionRejected(why.reason(), client.source().getAddress());
                client.turnAway();
            }
        }
    }

    private ClosableForward remote(
            SshConnection connection,
            Forward forward,
            Checks checks,
            ForwardListener listener,
            IncomingConnections connections) {
        RemoteForward remote =
                new RemoteForward(context, random, forward, sessionOf(connection), listener, connections);
        remote.verifyExposure(checks.exposure());
        context.loop().execute(remote::request);
        return remote;
    }

    /** One for each session; it goes when the session goes. */
    private AtSessionEnd endOf(SshConnection connection) {
        AtSessionEnd end = new AtSessionEnd();
        synchronized (ends) {
            AtSessionEnd known = ends.putIfAbsent(connection, end);
            if (known != null) {
                return known;
            }
        }
        connection.closed().whenComplete((_, _) -> {
            forget(connection);
            end.happened();
        });
        return end;
    }

    /** One for each session, with the book of its listeners; it goes when the session goes. */
    private RemoteSession sessionOf(SshConnection connection) {
        synchronized (remoteSessions) {
            return remoteSessions.computeIfAbsent(connection, _ -> {
                RemoteListeners listeners = new RemoteListeners();
                context.loop().execute(() -> connection.channels().onForwardedTcpip(listeners));
                return new RemoteSession(
                        connection.server().endpoint(),
                        connection.login(),
                        connection.channels(),
                        connection.remoteForwarding(),
                        listeners,
                        lostListeners);
            });
        }
    }

    private void forget(SshConnection connection) {
        synchronized (ends) {
            ends.remove(connection);
        }
        synchronized (remoteSessions) {
            remoteSessions.remove(connection);
        }
    }

    /** What becomes of a client that was let in. */
    private interface AdmittedBy {
        Consumer<AdmittedClient> with(LocalConnections connections);
    }
}
