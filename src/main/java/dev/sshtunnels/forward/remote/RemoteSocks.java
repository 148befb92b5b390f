package dev.sshtunnels.forward.remote;

import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.channel.OpenFailure;
import dev.sshtunnels.forward.connection.ForwardConnections;
import dev.sshtunnels.forward.connection.ForwardContext;
import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.forward.contract.SocksRefusal;
import dev.sshtunnels.forward.exposure.IncomingConnections;
import dev.sshtunnels.tunnel.SocksPolicy;
import dev.sshtunnels.tunnel.SocksRules;
import java.net.InetAddress;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Speaks SOCKS with what arrives on the server and connects from here: {@code ssh -R port}.
 *
 * <p>Without a list of destinations, clients reach the network around this machine but not the machine: see
 * {@link NeighboursOnly}.
 */
public final class RemoteSocks implements IncomingConnections {

    private static final Predicate<InetAddress> NEIGHBOURS = new NeighboursOnly();

    private final ForwardContext context;
    private final Supplier<SocksPolicy> policy;
    private final ForwardListener listener;
    private final ForwardConnections connections;

    /** @param policy asked anew for each client */
    public RemoteSocks(ForwardContext context, Supplier<SocksPolicy> policy, ForwardListener listener) {
        this.context = context;
        this.policy = policy;
        this.listener = listener;
        this.connections = new ForwardConnections(listener, ConnectionEnd.Party.TARGET);
    }

    @Override
    public void incoming(Channels.Incoming incoming) {
        switch (policy.get()) {
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
