package dev.sshtunnels.forward.watch;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.ConnectionAccount;
import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.forward.contract.Exposure;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.forward.contract.ForwardState;
import dev.sshtunnels.forward.contract.ForwardTraffic;
import dev.sshtunnels.forward.contract.SocksRefusal;
import dev.sshtunnels.tunnel.Finding;
import java.net.InetAddress;
import java.time.Duration;

/** Lets the watch over a forward's target hear what concerns it, and decide what is told of the target. */
public record WatchedListener(ForwardListener listener, TargetWatch watch) implements ForwardListener {

    @Override
    public void stateChanged(ForwardState state) {
        listener.stateChanged(state);
        watch.listening(state instanceof ForwardState.Listening);
    }

    @Override
    public void exposureFound(Exposure exposure) {
        listener.exposureFound(exposure);
    }

    @Override
    public void targetFound(Finding finding) {
        watch.clientFound(finding);
    }

    @Override
    public void probed(boolean answered, Duration took) {
        listener.probed(answered, took);
    }

    @Override
    public void probingEnded() {
        listener.probingEnded();
    }

    @Override
    public void socksRefused(SocksRefusal cause) {
        listener.socksRefused(cause);
    }

    @Override
    public void socksFailed(int reply) {
        listener.socksFailed(reply);
    }

    @Override
    public ForwardTraffic traffic() {
        return listener.traffic();
    }

    @Override
    public void connectionOpened(ConnectionAccount connection) {
        listener.connectionOpened(connection);
    }

    @Override
    public void targetReached(ConnectionAccount connection) {
        listener.targetReached(connection);
    }

    @Override
    public void acceptFailed() {
        listener.acceptFailed();
    }

    @Override
    public void connectionRejected(Reason reason, InetAddress source) {
        listener.connectionRejected(reason, source);
    }

    @Override
    public void connectionClosed(ConnectionAccount connection, ConnectionEnd end) {
        listener.connectionClosed(connection, end);
    }
}
