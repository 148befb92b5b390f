package dev.sshtunnels.forward.remote;

import dev.sshtunnels.tunnel.HostPort;
import java.util.HashSet;
import java.util.Set;

/**
 * Listeners that this agent had when their session was lost, or whose end a server has not confirmed: it may keep them
 * until it notices. Event loop only.
 */
public final class LostListeners {

    private final Set<Listener> listeners = new HashSet<>();

    private record Listener(HostPort server, HostPort listen) {}

    void lost(HostPort server, HostPort listen) {
        listeners.add(new Listener(server, listen));
    }

    /** The server listens for this agent again. */
    void forget(HostPort server, HostPort listen) {
        listeners.remove(new Listener(server, listen));
    }

    boolean contains(HostPort server, HostPort listen) {
        return listeners.contains(new Listener(server, listen));
    }
}
