package dev.sshtunnels.forward.connection;

import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.forward.socket.ConnectFailure;

/** Hears of a connection whose channel the server opened: its opening cannot fail any more. */
public record AcceptedConnection(ForwardConnections connections) implements ConnectionObserver {

    @Override
    public void opened(TunnelConnection connection) {}

    @Override
    public void openFailed(TunnelConnection connection, ConnectFailure cause, String description) {}

    @Override
    public void ended(TunnelConnection connection, ConnectionEnd end) {
        connections.ended(connection, end);
    }
}
