package dev.sshtunnels.agent.plan;

import dev.sshtunnels.api.Access;
import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.tunnel.Checks;
import dev.sshtunnels.tunnel.Forward;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the documents ask for. */
public record Plan(Server server, List<Tunnel> tunnels) {

    public Plan {
        tunnels = List.copyOf(tunnels);
    }

    /**
     * The server that carries the tunnels.
     *
     * @param source where it was read, {@code file:line}
     */
    public record Server(String name, long generation, SshServerSpec spec, String source) {}

    /**
     * One tunnel.
     *
     * @param uid of the object that the document was made from, null when the document says none
     * @param forwards none while it is suspended
     * @param access who may use its listeners, null for everybody
     * @param checks what is checked of it; no part of its forwards, which live on when it changes
     */
    public record Tunnel(
            String name, String uid, long generation, List<Forward> forwards, Access access, Checks checks) {

        public Tunnel {
            forwards = List.copyOf(forwards);
        }
    }

    /** All forwards, in the order of the documents. */
    public Map<ForwardKey, Forward> forwards() {
        Map<ForwardKey, Forward> forwards = new LinkedHashMap<>();
        for (Tunnel tunnel : tunnels) {
            tunnel.forwards().forEach(forward -> forwards.put(new ForwardKey(tunnel.name(), forward.name()), forward));
        }
        return forwards;
    }

    /** What is checked of a tunnel's forwards. */
    public Checks checks(String tunnel) {
        return tunnels.stream()
                .filter(one -> one.name().equals(tunnel))
                .findFirst()
                .map(Tunnel::checks)
                .orElse(Checks.USUAL);
    }
}
