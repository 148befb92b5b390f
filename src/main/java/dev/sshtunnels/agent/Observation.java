package dev.sshtunnels.agent;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.ForwardListener;
import dev.sshtunnels.tunnel.Forward;

/** Where everything that happens comes together: report, metrics and log. */
final class Observation implements SessionWitness, ForwardWitness {

    private final ReportBoard board;
    private final AgentMetrics metrics;
    private final AgentLog log = new AgentLog();

    Observation(ReportBoard board, AgentMetrics metrics) {
        this.board = board;
        this.metrics = metrics;
    }

    @Override
    public void state(SessionState state, long generation) {
        metrics.up(state instanceof SessionState.Connected);
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
    public ForwardListener opened(ForwardKey key, Forward forward, OpenConnections connections) {
        return new ForwardObserver(key, forward, board.opened(key), metrics.forward(key), connections, log);
    }

    @Override
    public void closed(ForwardKey key) {
        board.closed(key);
    }
}
