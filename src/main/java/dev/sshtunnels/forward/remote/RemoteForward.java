package dev.sshtunnels.forward.remote;

import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.channel.OpenFailure;
import dev.sshtunnels.forward.connection.ForwardContext;
import dev.sshtunnels.forward.contract.ClosableForward;
import dev.sshtunnels.forward.contract.Exposure;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.forward.contract.ForwardState;
import dev.sshtunnels.forward.contract.OpenForward;
import dev.sshtunnels.forward.exposure.ExposureCheck;
import dev.sshtunnels.forward.exposure.IncomingConnections;
import dev.sshtunnels.forward.exposure.ListenerGuard;
import dev.sshtunnels.forward.exposure.VantagePoints;
import dev.sshtunnels.ssh.RemoteForwarding.Grant;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An R forward's listener, on the server. The remote port is its own lock: while somebody else holds it, this one asks
 * again and again.
 */
public final class RemoteForward implements ClosableForward {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteForward.class);

    /** OpenSSH's words when it binds to all addresses instead of the one asked for (channels.c). */
    private static final String OVERRIDDEN = "overridden by server GatewayPorts";

    private final ForwardContext context;
    private final RandomGenerator random;
    private final Forward forward;
    private final HostPort asked;
    private final RemoteSession session;
    private final ForwardListener listener;
    private final IncomingConnections connections;
    private final ListenerGuard guard;
    private final RemoteRefusals refusals;
    private ExposureCheck exposure;
    private HostPort granted;
    private boolean overridden;
    private boolean verifies = true;
    private boolean closed;
    private boolean over;
    private boolean ended;

    public RemoteForward(
            ForwardContext context,
            RandomGenerator random,
            Forward forward,
            RemoteSession session,
            ForwardListener listener,
            IncomingConnections connections) {
        this.context = context;
        this.random = random;
        this.forward = forward;
        this.asked = asked(forward.listen());
        this.session = session;
        this.listener = listener;
        this.connections = connections;
        this.guard = new ListenerGuard(
                context.loop(), session.proof(), Set.of(session.login().server()), connections);
        this.refusals = new RemoteRefusals(context, random, session, forward, asked, listener, this::request);
    }

    private static HostPort asked(HostPort listen) {
        return listen.host().equals("*") ? new HostPort(VantagePoints.ALL_ADDRESSES, listen.port()) : listen;
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
    public void request() {
        if (closed) {
            return;
        }
        Optional<RemoteForward> holder = session.listeners().claim(asked, this);
        if (holder.isPresent()) {
            refusals.heldBy(holder.get().forward);
            return;
        }
        session.requests().request(asked).whenComplete((grant, failure) -> onLoop(() -> answered(grant, failure)));
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
            case Grant.Granted(int port, String hint) -> granted(port, hint);
            case Grant.Refused(String hint) -> refused(hint);
            case null -> refused(String.valueOf(failure.getMessage()));
        }
    }

    private void granted(int port, String hint) {
        granted = new HostPort(asked.host(), port);
        session.listeners().granted(asked, granted, this);
        session.lost().forget(session.server(), asked);
        if (closed) {
            cancel();
            return;
        }
        refusals.over();
        guard.listensOn(port);
        listener.stateChanged(new ForwardState.Listening(forward.listen().host(), port));
        overridden = hint.contains(OVERRIDDEN);
        verify();
    }

    @Override
    public void verifyExposure(boolean wanted) {
        context.loop().execute(() -> {
            verifies = wanted;
            if (granted != null && !closed) {
                verify();
            }
        });
    }

    private void verify() {
        if (verifies && exposure == null) {
            exposure = new ExposureCheck(
                    context.loop(),
                    random,
                    session.probed(),
                    guard,
                    asked,
                    granted.port(),
                    overridden,
                    listener::exposureFound);
            exposure.start();
        } else if (!verifies) {
            verifyNoMore();
            listener.exposureFound(Exposure.UNASKED);
        }
    }

    private void verifyNoMore() {
        if (exposure != null) {
            exposure.stop();
            exposure = null;
        }
    }

    private void refused(String hint) {
        session.listeners().refused(asked, this);
        if (!closed) {
            refusals.byServer(hint, session.listeners().neighbour(asked, this).map(other -> other.forward));
        }
    }

    /** A connection arrived at the listener; the last ones may arrive while the server is asked to end it. */
    void incoming(String originator, Channels.Incoming incoming) {
        if (over) {
            incoming.refuse(OpenFailure.ADMINISTRATIVELY_PROHIBITED, "the forward has ended");
        } else {
            guard.incoming(originator, incoming);
        }
    }

    /** The server may not know it yet, and keep the listener. */
    @Override
    public void lost() {
        context.loop().execute(() -> {
            if (granted != null && !ended) {
                session.lost().lost(session.server(), asked);
            }
        });
        close(OpenForward.Connections.RESET);
    }

    @Override
    public void close(OpenForward.Connections fate) {
        context.loop().execute(() -> {
            if (!closed) {
                closed = true;
                refusals.over();
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
        verifyNoMore();
        session.listeners().cancelling(leaving, this);
        session.requests()
                .cancel(leaving)
                .whenComplete((confirmed, _) -> onLoop(() -> {
                    if (Boolean.TRUE.equals(confirmed)) {
                        ended = true;
                        session.listeners().cancelled(leaving, this);
                    } else {
                        session.lost().lost(session.server(), asked);
                        LOG.atDebug().log("the server has not confirmed that it listens on {} no more", leaving);
                    }
                }));
    }
}
