package dev.sshtunnels.forward;

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

/** Does not want to know; a test overrides what it does. */
public class DeafListener implements ForwardListener {

    @Override
    public void stateChanged(ForwardState state) {}

    @Override
    public void exposureFound(Exposure exposure) {}

    @Override
    public void targetFound(Finding finding) {}

    @Override
    public void probed(boolean answered, Duration took) {}

    @Override
    public void probingEnded() {}

    @Override
    public void socksRefused(SocksRefusal cause) {}

    @Override
    public void socksFailed(int reply) {}

    @Override
    public ForwardTraffic traffic() {
        return new ForwardTraffic();
    }

    @Override
    public void connectionOpened(ConnectionAccount connection) {}

    @Override
    public void targetReached(ConnectionAccount connection) {}

    @Override
    public void acceptFailed() {}

    @Override
    public void connectionRejected(Reason reason, InetAddress source) {}

    @Override
    public void connectionClosed(ConnectionAccount connection, ConnectionEnd end) {}
}
