package dev.sshtunnels.agent;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.Exposure;
import dev.sshtunnels.forward.ForwardListener;
import dev.sshtunnels.forward.ForwardState;
import dev.sshtunnels.forward.SocksRefusal;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import java.net.InetAddress;

/** Hears what happens with one forward and tells whom it concerns. */
record ForwardObserver(
        ForwardKey key,
        Forward forward,
        ReportBoard.Posting posting,
        ForwardMeters meters,
        OpenConnections connections,
        AgentLog log,
        RejectionLog rejections)
        implements ForwardListener {

    @Override
    public void stateChanged(ForwardState state) {
        log.forward(key, forward, state);
        posting.state(state);
    }

    @Override
    public void exposureFound(Exposure exposure) {
        log.exposure(key, exposure.finding());
        posting.exposure(exposure);
    }

    @Override
    public void targetFound(Finding finding) {
        log.target(key, finding);
        posting.target(finding);
    }

    @Override
    public void socksRefused(SocksRefusal cause) {
        meters.socksRefused(cause);
    }

    @Override
    public void connectionOpened() {
        connections.opened();
        meters.opened();
    }

    @Override
    public void acceptFailed() {
        meters.acceptFailed();
    }

    @Override
    public void connectionRejected(Reason reason, InetAddress source) {
        meters.rejected(reason);
        rejections.rejected(key, reason, source);
    }

    @Override
    public void connectionClosed(long sentBytes, long receivedBytes, boolean failed) {
        meters.closed(sentBytes, receivedBytes, failed);
        connections.closed();
    }
}
