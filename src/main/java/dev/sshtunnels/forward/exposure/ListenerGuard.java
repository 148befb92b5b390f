package dev.sshtunnels.forward.exposure;

import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.loop.EventLoop;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Stands before a remote listener's clients and sorts out agents that ask who holds it; event loop only.
 *
 * <p>Agents ask through their sessions, so they come from the server itself: only connections from its own addresses are
 * looked at. Those go to the target at once, and what they send first is looked at in passing, which costs nobody any
 * time: a target that speaks first is heard as soon as ever. Merely while this agent has a question of its own on its way
 * are they kept from the target until their first bytes have come, so that no question of its own reaches the target.
 */
public final class ListenerGuard {

    /** A question has come by then, on a slow link as well; as a rule it is a matter of milliseconds. */
    private static final Duration OWN_HELD = Duration.ofSeconds(2);

    /** Most likely clients. */
    private static final Duration OTHERS_HELD = Duration.ofMillis(250);

    private final EventLoop loop;
    private final ListenerProof proof;
    private final IncomingConnections clients;
    private final Set<InetAddress> serversOwn = new HashSet<>();
    private final Map<UUID, Runnable> awaited = new HashMap<>();
    private final Set<GuardedConnection> held = new HashSet<>();
    private int port;
    private boolean suspectsAll;

    /** @param serversOwn addresses of the server, as far as they are known; loopback is known */
    public ListenerGuard(
            EventLoop loop, ListenerProof proof, Set<InetAddress> serversOwn, IncomingConnections clients) {
        this.loop = loop;
        this.proof = proof;
        this.clients = clients;
        this.serversOwn.addAll(serversOwn);
    }

    /** The server listens on a port, the one asked for or its choice. */
    public void listensOn(int granted) {
        port = granted;
    }

    public void incoming(String originator, Channels.Incoming incoming) {
        Optional<InetAddress> source = address(originator);
        boolean suspect = source.filter(this::isServersOwn).isPresent();
        if (awaited.isEmpty() ? !suspect : !suspect && !suspectsAll) {
            clients.incoming(incoming);
            return;
        }
        GuardedConnection connection = new GuardedConnection(loop, incoming, clients, new From(source));
        if (awaited.isEmpty()) {
            connection.pass();
        } else {
            held.add(connection);
            connection.hold(suspect ? OWN_HELD : OTHERS_HELD);
        }
    }

    /** Expects a question of this agent's own at the listener. */
    void await(UUID nonce, Runnable arrived) {
        awaited.put(nonce, arrived);
    }

    /**
     * Looks at connections from everywhere while a question is awaited, until told otherwise: behind NAT the server's own
     * may come from an address that is not known to be its own.
     */
    void suspectAll(boolean all) {
        suspectsAll = all;
    }

    /** A question has had its time. */
    void awaitNoMore(UUID nonce) {
        awaited.remove(nonce);
        if (awaited.isEmpty()) {
            List<GuardedConnection> free = List.copyOf(held);
            held.clear();
            free.forEach(GuardedConnection::letThrough);
        }
    }

    private boolean isServersOwn(InetAddress source) {
        return source.isLoopbackAddress() || serversOwn.contains(source);
    }

    /** The server's words: not an address for sure. */
    private static Optional<InetAddress> address(String originator) {
        try {
            return Optional.of(InetAddress.ofLiteral(originator));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** Questions from one address. */
    private final class From implements GuardedConnection.Questions {

        private final Optional<InetAddress> source;

        From(Optional<InetAddress> source) {
            this.source = source;
        }

        @Override
        public ListenerProof.Heard read(byte[] start, int length) {
            return proof.read(start, length, port);
        }

        @Override
        public byte[] answer(UUID nonce) {
            Runnable arrived = awaited.get(nonce);
            if (arrived != null) {
                source.ifPresent(serversOwn::add);
                arrived.run();
            }
            return proof.answer(nonce, port);
        }
    }
}
