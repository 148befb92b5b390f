package dev.sshtunnels.agent;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.forward.ForwardListener;
import dev.sshtunnels.forward.ForwardOpener;
import dev.sshtunnels.forward.OpenForward;
import dev.sshtunnels.forward.OpenForward.Connections;
import dev.sshtunnels.ssh.SshConnection;
import dev.sshtunnels.tunnel.Forward;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The forwards in force on one session; supervisor's thread only. */
final class SessionForwards {

    private final SshConnection connection;
    private final ForwardOpener opener;
    private final TunnelGates gates;
    private final ForwardWitness witness;
    private final OpenConnections connections = new OpenConnections();
    private final Map<ForwardKey, Held> held = new LinkedHashMap<>();

    private record Held(Forward forward, OpenForward open) {}

    SessionForwards(SshConnection connection, ForwardOpener opener, TunnelGates gates, ForwardWitness witness) {
        this.connection = connection;
        this.opener = opener;
        this.gates = gates;
        this.witness = witness;
    }

    /** Makes the wanted forwards those in force. */
    void apply(Map<ForwardKey, Forward> wanted) {
        Map<ForwardKey, Forward> inForce = new LinkedHashMap<>();
        held.forEach((key, one) -> inForce.put(key, one.forward()));
        for (ForwardChange change : ForwardChange.between(inForce, wanted)) {
            switch (change) {
                case ForwardChange.Close(ForwardKey key, Connections fate) -> close(key, fate);
                case ForwardChange.Open(ForwardKey key, Forward forward) -> open(key, forward);
            }
        }
    }

    /** Ends all forwards. */
    void closeAll(Connections fate) {
        List.copyOf(held.keySet()).forEach(key -> close(key, fate));
    }

    /** Gives the ports on the server back; what they carry lives on. */
    void closeRemote() {
        List.copyOf(held.keySet()).stream()
                .filter(key -> held.get(key).forward().mode() == Mode.R)
                .forEach(key -> close(key, Connections.KEEP));
    }

    /** Whether clients connect to this process. */
    boolean listen() {
        return held.values().stream().anyMatch(one -> one.forward().mode() != Mode.R);
    }

    /** The connections that the session carries, those of closed forwards included. */
    OpenConnections connections() {
        return connections;
    }

    private void open(ForwardKey key, Forward forward) {
        ForwardListener listener = witness.opened(key, forward, connections);
        held.put(key, new Held(forward, opener.open(connection, forward, gates.of(key.tunnel()), listener)));
    }

    private void close(ForwardKey key, Connections fate) {
        witness.closed(key);
        held.remove(key).open().close(fate);
    }
}
