package dev.sshtunnels.forward.connection;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.channel.Originator;
import dev.sshtunnels.forward.contract.ConnectionAccount;
import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.forward.contract.ConnectionEnd.Party;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.tunnel.Destination;
import dev.sshtunnels.tunnel.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The open connections of one forward, and what its listener is told of them. */
public final class ForwardConnections {

    private final ForwardListener listener;
    private final Party socket;
    private final Set<TunnelConnection> open = new HashSet<>();
    private boolean over;

    /** @param socket which end of the connections has its socket here */
    public ForwardConnections(ForwardListener listener, Party socket) {
        this.listener = listener;
        this.socket = socket;
    }

    /** Begins to count for a client whose target is known. */
    public ConnectionAccount account(Originator client, Destination target) {
        return new ConnectionAccount(client, target, socket, listener.traffic());
    }

    public void add(TunnelConnection connection) {
        open.add(connection);
        listener.connectionOpened(connection.account());
    }

    /** Whether there shall be no more of them: what is still being connected is to be given up. */
    public boolean isOver() {
        return over;
    }

    /** Ends all, those that are yet to come included. */
    public void resetAll() {
        over = true;
        List.copyOf(open).forEach(connection -> connection.reset(ConnectionEnd.ForwardClosed));
    }

    /** What became of one connection to the target. */
    public void targetFound(Finding finding) {
        listener.targetFound(finding);
    }

    /** The target has accepted a connection. */
    public void reached(ConnectionAccount account) {
        targetFound(new Finding(Reason.TargetConnected, account.target() + " accepts connections"));
        listener.targetReached(account);
    }

    /** The target was not reached, so there never was a connection. */
    public void notReached(ConnectionAccount account, Finding finding) {
        targetFound(finding);
        listener.connectionOpened(account);
        listener.connectionClosed(account, ConnectionEnd.TargetNotReached);
    }

    public void ended(TunnelConnection connection, ConnectionEnd end) {
        if (open.remove(connection)) {
            listener.connectionClosed(connection.account(), end);
        }
    }
}
