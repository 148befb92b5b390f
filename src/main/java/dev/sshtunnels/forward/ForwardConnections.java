package dev.sshtunnels.forward;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The open connections of one forward, and what its listener is told of them. */
final class ForwardConnections {

    private final ForwardListener listener;
    private final Set<TunnelConnection> open = new HashSet<>();
    private Reason lastTarget;
    private boolean over;

    ForwardConnections(ForwardListener listener) {
        this.listener = listener;
    }

    void add(TunnelConnection connection) {
        open.add(connection);
        listener.connectionOpened();
    }

    /** Whether there shall be no more of them: what is still being connected is to be given up. */
    boolean isOver() {
        return over;
    }

    /** Ends all, those that are yet to come included. */
    void resetAll() {
        over = true;
        List.copyOf(open).forEach(TunnelConnection::reset);
    }

    /** Told on: what was found of the target, when it is news. */
    void targetFound(Finding finding) {
        if (lastTarget != finding.reason()) {
            lastTarget = finding.reason();
            listener.targetFound(finding);
        }
    }

    void ended(TunnelConnection connection, long sentBytes, long receivedBytes, boolean failed) {
        if (open.remove(connection)) {
            listener.connectionClosed(sentBytes, receivedBytes, failed);
        }
    }
}
