package dev.sshtunnels.forward;

import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.channel.OpenFailure;
import dev.sshtunnels.tunnel.SocksPolicy;
import dev.sshtunnels.tunnel.SocksRules;
import java.net.InetAddress;
import java.util.function.Predicate;

/**
 * Speaks SOCKS with what arrives on the server and connects from here: {@code ssh -R port}.
 *
 * <p>Without a list of destinations, clients reach the network around this machine but not the machine: see
 * {@link NeighboursOnly}.
 */
final class RemoteSocks implements IncomingConnections {

    private static final Predicate<InetAddress> NEIGHBOURS = new NeighboursOnly();

    private final ForwardContext context;
    private final AdmissionGate gate;
    private final ForwardListener listener;
    private final ForwardConnections connections;

    RemoteSocks(ForwardContext context, AdmissionGate gate, ForwardListener listener) {
        this.context = context;
        this.gate = gate;
        this.listener = listener;
        this.connections = new ForwardConnections(listener, ConnectionEnd.Party.TARGET);
    }

    @Override
    public void incoming(Channels.Incoming incoming) {
        switch (gate.socks()) {
            case SocksPolicy.Serve(SocksRules rules) -> serve(incoming, rules);
            case SocksPolicy.RefuseAll _ -> {
                listener.socksRefused(SocksRefusal.CredentialsUnknown);
                incoming.refuse(OpenFailure.ADMINISTRATIVELY_PROHIBITED, "nobody may use this SOCKS proxy now");
            }
        }
    }

    private void serve(Channels.Incoming incoming, SocksRules rules) {
        Predicate<InetAddress> permitted = rules.allow().isEmpty() ? NEIGHBOURS : _ -> true;
        new RemoteSocksClient(context, rules, permitted, listener, connections).accept(incoming);
    }

    @Override
    public void resetAll() {
        connections.resetAll();
    }
}
