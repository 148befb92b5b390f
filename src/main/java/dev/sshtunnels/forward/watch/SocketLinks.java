package dev.sshtunnels.forward.watch;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.connection.ForwardContext;
import dev.sshtunnels.forward.socket.ConnectFailure;
import dev.sshtunnels.forward.socket.Dialer;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import java.nio.channels.SocketChannel;

/**
 * Dials a target from here for its probes, one dial at a time: a dial that outlasts its probe goes on for the next one, so
 * that a target that swallows packets does not gather dials.
 */
public final class SocketLinks implements ProbeLink.Opener, Dialer.Outcome {

    private final ForwardContext context;
    private final HostPort target;
    private SocketLink waiting;
    private boolean dialling;

    public SocketLinks(ForwardContext context, HostPort target) {
        this.context = context;
        this.target = target;
    }

    @Override
    public ProbeLink open(ProbeLink.Events events) {
        waiting = new SocketLink(context.loop(), events);
        if (!dialling) {
            dialling = true;
            context.dialer().dial(target, this);
        }
        return waiting;
    }

    @Override
    public Finding timedOut(String time) {
        return new Finding(
                Reason.TargetTimeout,
                target + " did not answer within " + time + "; check that a firewall lets it through");
    }

    @Override
    public void connected(SocketChannel channel) {
        dialling = false;
        waiting.connected(channel);
    }

    @Override
    public void failed(ConnectFailure cause, Finding finding) {
        dialling = false;
        waiting.failed(finding);
    }
}
