package dev.sshtunnels.agent.observation;

import dev.sshtunnels.agent.metrics.ForwardMeters;
import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.agent.session.OpenConnections;
import dev.sshtunnels.agent.status.ReportBoard;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.ConnectionAccount;
import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.forward.contract.Exposure;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.forward.contract.ForwardState;
import dev.sshtunnels.forward.contract.ForwardTraffic;
import dev.sshtunnels.forward.contract.SocksRefusal;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import java.net.InetAddress;
import java.time.Duration;

/** Hears what happens with one forward and tells whom it concerns. */
record ForwardObserver(
        ForwardKey key,
        Forward forward,
        ReportBoard.Posting posting,
        ForwardMeters meters,
        OpenConnections connections,
        AgentLog log,
        AuditLog audit,
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
    public void probed(boolean answered, Duration took) {
        meters.probed(answered, took);
    }

    @Override
    public void probingEnded() {
        meters.probingEnded();
    }

    @Override
    public void socksRefused(SocksRefusal cause) {
        meters.socksRefused(cause);
    }

    @Override
    public void socksFailed(int reply) {
        meters.socksFailed(reply);
    }

    @Override
    public ForwardTraffic traffic() {
        return meters.traffic();
    }

    @Override
    public void connectionOpened(ConnectionAccount connection) {
        connections.opened();
        meters.opened();
        audit.opened(key, forward, connection);
    }

    @Override
    public void targetReached(ConnectionAccount connection) {
        meters.reached(connection.age());
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
    public void connectionClosed(ConnectionAccount connection, ConnectionEnd end) {
        boolean drained = end == ConnectionEnd.SessionLost && connections.areGivenUp();
        ConnectionEnd cause = drained ? ConnectionEnd.Drained : end;
        meters.closed(cause.result());
        audit.ended(key, forward, connection, cause);
        connections.closed();
    }
}
