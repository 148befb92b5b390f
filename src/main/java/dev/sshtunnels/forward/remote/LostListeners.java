package dev.sshtunnels.forward.remote;

import dev.sshtunnels.tunnel.HostPort;
import java.util.HashSet;
import java.util.Set;

/**
 * Listeners that this agent had when their session was lost: their servers may keep them until they notice. Event loop
 * only.
 */
public final class LostListeners {

    private final Set<Listener> listeners = new HashSet<>();

    private record Listener(HostPort server, HostPort listen) {}

    void lost(HostPort server, HostPort listen) {
        listeners.add(new Listener(server, listen));
    }

    /** The server listens for this agent again, or is not asked to any more. */
    void forget(HostPort server, HostPort listen) {
        listeners.remove(new Listener(server, listen));
    }

    boolean contains(HostPort server, HostPort listen) {
        return listeners.contains(new Listener(server, listen));
    }
}
