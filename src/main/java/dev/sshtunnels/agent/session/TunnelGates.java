package dev.sshtunnels.agent.session;

import dev.sshtunnels.forward.local.AdmissionGate;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.tunnel.AccessRules;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The gate of each tunnel: one and the same for as long as the process lives, since sessions come and go and their
 * connections count on. Thread-safe.
 */
public final class TunnelGates {

    private final EventLoop loop;
    private final ConcurrentHashMap<String, AdmissionGate> gates = new ConcurrentHashMap<>();

    public TunnelGates(EventLoop loop) {
        this.loop = loop;
    }

    /** Puts the rules of tunnels into force, for new connections at once. */
    public void apply(Map<String, AccessRules> rules) {
        rules.forEach((tunnel, its) ->
                gates.computeIfAbsent(tunnel, _ -> new AdmissionGate(loop, its)).change(its));
    }

    /** The gate of a tunnel whose rules have been put into force. */
    AdmissionGate of(String tunnel) {
        return gates.get(tunnel);
    }
}
