package dev.sshtunnels.forward.local;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.tunnel.AccessRules;
import dev.sshtunnels.tunnel.SocksPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who may come in through the L and D listeners of one tunnel, and knows who is in. It lives as long as the
 * tunnel, whatever becomes of sessions and listeners, so that a new session does not double a limit.
 *
 * <p>Event loop only, but for {@link #change}.
 */
public final class AdmissionGate {

    private final Set<AdmittedClient> inside = new HashSet<>();
    private final Map<InetAddress, Integer> perSource = new HashMap<>();
    private final EventLoop loop;
    private final IdleSweep sweep;
    private volatile AccessRules rules;

    public AdmissionGate(EventLoop loop, AccessRules rules) {
        this.loop = loop;
        this.rules = rules;
        this.sweep = new IdleSweep(loop, inside, () -> this.rules.idleTimeout());
    }

    /**
     * Puts other rules into force. Who is inside stays inside, whatever they say, but for the idle timeout, which counts
     * for open connections too. Thread-safe.
     */
    public void change(AccessRules changed) {
        if (!changed.equals(rules)) {
            rules = changed;
            loop.execute(sweep::restart);
        }
    }

    /** Why a client may not come in, empty if it may. */
    Optional<Reason> rejection(InetAddress source) {
        AccessRules now = rules;
        if (!now.allows(source)) {
            return Optional.of(Reason.SourceNotAllowed);
        }
        if (inside.size() >= now.maxConnections()) {
            return Optional.of(Reason.TooManyConnections);
        }
        if (perSource.getOrDefault(source, 0) >= now.maxConnectionsPerSource()) {
            return Optional.of(Reason.TooManyConnectionsFromSource);
        }
        return Optional.empty();
    }

    /** What becomes of SOCKS clients now. */
    public SocksPolicy socks() {
        return rules.socks();
    }

    /** Lets a client in. */
    AdmittedClient admit(SocketChannel socket, InetSocketAddress source) {
        AdmittedClient client = new AdmittedClient(socket, source, this);
        inside.add(client);
        perSource.merge(source.getAddress(), 1, Integer::sum);
        sweep.start();
        return client;
    }

    void left(AdmittedClient client) {
        if (inside.remove(client)) {
            perSource.computeIfPresent(client.source().getAddress(), (_, count) -> count == 1 ? null : count - 1);
        }
    }
}
