package dev.sshtunnels.agent.observation;

import dev.sshtunnels.agent.metrics.AgentMetrics;
import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.agent.session.ForwardWitness;
import dev.sshtunnels.agent.session.OpenConnections;
import dev.sshtunnels.agent.session.SessionState;
import dev.sshtunnels.agent.session.SessionWitness;
import dev.sshtunnels.agent.status.ReportBoard;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.tunnel.Forward;
import java.time.Duration;
import java.time.InstantSource;

/** Where everything that happens comes together: report, metrics and log. */
public final class Observation implements SessionWitness, ForwardWitness {

    private final ReportBoard board;
    private final AgentMetrics metrics;
    private final AgentLog log = new AgentLog();
    private final AuditLog audit;
    private final RejectionLog rejections;

    public Observation(ReportBoard board, AgentMetrics metrics, AuditLog audit, InstantSource clock) {
        this.board = board;
        this.metrics = metrics;
        this.audit = audit;
        this.rejections = new RejectionLog(clock);
    }

    @Override
    public void state(SessionState state, long generation) {
        metrics.up(state instanceof SessionState.Connected up ? up.server().endpoint() : null);
        log.state(state);
        board.session(state, generation);
    }

    @Override
    public void attempted(Reason reason) {
        metrics.attempted(reason);
    }

    @Override
    public void lost(Reason reason) {
        metrics.lost(reason);
    }

    @Override
    public void answered(Duration roundTrip) {
        metrics.answered(roundTrip);
    }

    @Override
    public ForwardListener opened(ForwardKey key, Forward forward, OpenConnections connections) {
        return new ForwardObserver(
                key, forward, board.opened(key, forward), metrics.forward(key), connections, log, audit, rejections);
    }

    @Override
    public void closed(ForwardKey key) {
        board.closed(key);
    }
}
