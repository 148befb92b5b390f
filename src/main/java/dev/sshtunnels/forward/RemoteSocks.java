package dev.sshtunnels.forward;

import dev.sshtunnels.channel.Channels;
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
final class RemoteSocks implements IncomingConnections {

    private static final Predicate<InetAddress> NEIGHBOURS = new NeighboursOnly();

    private final ForwardContext context;
    private final Supplier<SocksRules> rules;
    private final ForwardListener listener;
    private final ForwardConnections connections;

    RemoteSocks(ForwardContext context, Supplier<SocksRules> rules, ForwardListener listener) {
        this.context = context;
        this.rules = rules;
        this.listener = listener;
        this.connections = new ForwardConnections(listener);
    }

    @Override
    public void incoming(Channels.Incoming incoming) {
        SocksRules now = rules.get();
        Predicate<InetAddress> permitted = now.allow().isEmpty() ? NEIGHBOURS : _ -> true;
        new RemoteSocksClient(context, now, permitted, listener, connections).accept(incoming);
    }

    @Override
    public void resetAll() {
        connections.resetAll();
    }
}
