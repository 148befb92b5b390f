package dev.sshtunnels.forward;

import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.channel.OpenFailure;
import dev.sshtunnels.ssh.RemoteForwarding;
import dev.sshtunnels.ssh.RemoteForwarding.Grant;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An R forward's listener, on the server. The remote port is its own lock: while somebody else holds it, this one asks
 * again and again.
 */
final class RemoteForward implements OpenForward {

    /** RFC 4254 7.1: connections on all addresses, of all protocol families. */
    static final String ALL_ADDRESSES = "";

    private static final Logger LOG = LoggerFactory.getLogger(RemoteForward.class);
    private static final Duration ASK_AGAIN = Duration.ofMillis(1500);

    private final ForwardContext context;
    private final Forward forward;
    private final HostPort asked;
    private final RemoteForwarding requests;
    private final RemoteListeners listeners;
    private final ForwardListener listener;
    private final IncomingConnections connections;
    private HostPort granted;
    private Finding lastRefusal;
    private boolean closed;
    private boolean over;

    RemoteForward(
            ForwardContext context,
            Forward forward,
            RemoteForwarding requests,
            RemoteListeners listeners,
            ForwardListener listener,
            IncomingConnections connections) {
        this.context = context;
        this.forward = forward;
        this.asked = asked(forward.listen());
        this.requests = requests;
        this.listeners = listeners;
        this.listener = listener;
        this.connections = connections;
    }

    private static HostPort asked(HostPort listen) {
        return listen.host().equals("*") ? new HostPort(ALL_ADDRESSES, listen.port()) : listen;
    }

    /** As the server is asked and names it. */
    HostPort asked() {
        return asked;
    }

    /** Whether it is wanted no more, whatever the server has answered. */
    boolean isClosed() {
        return closed;
    }

    /** Event loop only. */
    void request() {
        if (closed) {
            return;
        }
        Optional<RemoteForward> holder = listeners.claim(asked, this);
        if (holder.isPresent()) {
            failed(RemoteRefusal.heldBy(holder.get().forward, forward.listen()));
            return;
        }
        requests.request(asked).whenComplete((grant, failure) -> onLoop(() -> answered(grant, failure)));
    }

    /** Replies are read on the loop, and a connection may follow in the same turn: no detour then. */
    private void onLoop(Runnable task) {
        if (context.loop().isLoopThread()) {
            task.run();
        } else {
            context.loop().execute(task);
        }
    }

    private void answered(Grant grant, Throwable failure) {
        switch (grant) {
            case Grant.Granted(int port) -> granted(port);
            case Grant.Refused(String hint) -> refused(hint);
            case null -> refused(String.valueOf(failure.getMessage()));
        }
    }

    private void granted(int port) {
        granted = new HostPort(asked.host(), port);
        listeners.granted(asked, granted, this);
        if (closed) {
            cancel();
            return;
        }
        lastRefusal = null;
        listener.stateChanged(new ForwardState.Listening(forward.listen().host(), port));
    }

    private void refused(String hint) {
        listeners.refused(asked, this);
        if (!closed) {
            Optional<Forward> neighbour = listeners.neighbour(asked, this).map(other -> other.forward);
            failed(RemoteRefusal.byServer(forward.listen(), hint, neighbour));
        }
    }

    private void failed(Finding finding) {
        if (!finding.equals(lastRefusal)) {
            lastRefusal = finding;
            listener.stateChanged(new ForwardState.Failed(finding));
        }
        context.loop().schedule(ASK_AGAIN, this::request);
    }

    /** A connection arrived at the listener; the last ones may arrive while the server is asked to end it. */
    void incoming(Channels.Incoming incoming) {
        if (over) {
            incoming.refuse(OpenFailure.ADMINISTRATIVELY_PROHIBITED, "the forward has ended");
        } else {
            connections.incoming(incoming);
        }
    }

    @Override
    public void close(OpenForward.Connections fate) {
        context.loop().execute(() -> {
            if (!closed) {
                closed = true;
                if (granted != null) {
                    cancel();
                }
            }
            if (fate == OpenForward.Connections.RESET) {
                over = true;
                connections.resetAll();
            }
        });
    }

    private void cancel() {
        HostPort leaving = granted;
        listeners.cancelling(leaving, this);
        requests.cancel(leaving)
                .whenComplete((confirmed, _) -> onLoop(() -> {
                    if (Boolean.TRUE.equals(confirmed)) {
                        listeners.cancelled(leaving, this);
                    } else {
                        LOG.atDebug().log("the server has not confirmed that it listens on {} no more", leaving);
                    }
                }));
    }
}
