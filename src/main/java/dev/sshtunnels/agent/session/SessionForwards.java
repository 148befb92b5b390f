package dev.sshtunnels.agent.session;

import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.agent.plan.Plan;
import dev.sshtunnels.api.Mode;
import dev.sshtunnels.forward.ForwardOpener;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.forward.contract.OpenForward;
import dev.sshtunnels.forward.contract.OpenForward.Connections;
import dev.sshtunnels.ssh.SshConnection;
import dev.sshtunnels.tunnel.Checks;
import dev.sshtunnels.tunnel.Forward;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The forwards in force on one session; supervisor's thread only. */
public final class SessionForwards {

    private final SshConnection connection;
    private final ForwardOpener opener;
    private final TunnelGates gates;
    private final ForwardWitness witness;
    private final OpenConnections connections = new OpenConnections();
    private final Map<ForwardKey, Held> held = new LinkedHashMap<>();

    private record Held(Forward forward, OpenForward open, Checks checks) {}

    public SessionForwards(SshConnection connection, ForwardOpener opener, TunnelGates gates, ForwardWitness witness) {
        this.connection = connection;
        this.opener = opener;
        this.gates = gates;
        this.witness = witness;
    }

    /** Makes the forwards of a plan those in force, and checks them as it says. */
    void apply(Plan plan) {
        Map<ForwardKey, Forward> inForce = new LinkedHashMap<>();
        held.forEach((key, one) -> inForce.put(key, one.forward()));
        for (ForwardChange change : ForwardChange.between(inForce, plan.forwards())) {
            switch (change) {
                case ForwardChange.Close(ForwardKey key, Connections fate) -> close(key, fate);
                case ForwardChange.Open(ForwardKey key, Forward forward) ->
                    open(key, forward, plan.checks(key.tunnel()));
            }
        }
        held.replaceAll((key, one) -> checked(one, plan.checks(key.tunnel())));
    }

    /** A changed check leaves the forward and its connections alone. */
    private static Held checked(Held one, Checks wanted) {
        if (!wanted.equals(one.checks())) {
            one.open().check(wanted);
        }
        return new Held(one.forward(), one.open(), wanted);
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

    private void open(ForwardKey key, Forward forward, Checks checks) {
        ForwardListener listener = witness.opened(key, forward, connections);
        OpenForward opened = opener.open(connection, forward, gates.of(key.tunnel()), checks, listener);
        held.put(key, new Held(forward, opened, checks));
    }

    private void close(ForwardKey key, Connections fate) {
        witness.closed(key);
        held.remove(key).open().close(fate);
    }
}
