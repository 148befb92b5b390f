package dev.sshtunnels.forward;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.channel.OpenFailure;
import dev.sshtunnels.ssh.RemoteForwarding;
import dev.sshtunnels.ssh.RemoteForwarding.Grant;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * An R forward: the server listens, connections are dialled from here. The remote port is its own lock: while somebody
 * else holds it, this one asks again and again.
 */
final class RemoteForward implements OpenForward {

    private static final Duration ASK_AGAIN = Duration.ofMillis(1500);

    /** OpenSSH's words (serverloop.c, channels.c); it says other things, of keys for example, at the same time. */
    private static final Pattern PROHIBITED = Pattern.compile("disabled port forwarding|forwarding refused");

    private final ForwardContext context;
    private final Forward.Remote forward;
    private final RemoteForwarding requests;
    private final RemoteListeners listeners;
    private final ForwardListener listener;
    private final ForwardConnections connections;
    private HostPort granted;
    private Finding lastRefusal;
    private boolean closed;

    RemoteForward(
            ForwardContext context,
            Forward.Remote forward,
            RemoteForwarding requests,
            RemoteListeners listeners,
            ForwardListener listener) {
        this.context = context;
        this.forward = forward;
        this.requests = requests;
        this.listeners = listeners;
        this.listener = listener;
        this.connections = new ForwardConnections(listener);
    }

    /** Event loop only. */
    void request() {
        if (closed) {
            return;
        }
        listeners.put(forward.listen(), this);
        requests.request(forward.listen()).whenComplete((grant, failure) -> onLoop(() -> answered(grant, failure)));
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
            case Grant.Granted(int port) ->
                granted(new HostPort(forward.listen().host(), port));
            case Grant.Refused(String hint) -> refused(hint);
            case null -> refused(String.valueOf(failure.getMessage()));
        }
    }

    private void granted(HostPort listen) {
        listeners.remove(forward.listen(), this);
        if (closed) {
            requests.cancel(listen);
            return;
        }
        granted = listen;
        lastRefusal = null;
        listeners.put(listen, this);
        listener.stateChanged(new ForwardState.Listening(listen.host(), listen.port()));
    }

    private void refused(String hint) {
        listeners.remove(forward.listen(), this);
        if (closed) {
            return;
        }
        Finding finding = describe(hint);
        if (!finding.equals(lastRefusal)) {
            lastRefusal = finding;
            listener.stateChanged(new ForwardState.Failed(finding));
        }
        context.loop().schedule(ASK_AGAIN, this::request);
    }

    /** The reply has no cause; what sshd said beside it is all there is to tell the two apart. */
    private Finding describe(String hint) {
        String asked = "the server refused to listen on " + forward.listen();
        return PROHIBITED.matcher(hint).find()
                ? new Finding(
                        Reason.ForwardingProhibited,
                        asked + " (\"" + hint + "\"); allow it there (AllowTcpForwarding, PermitListen, or the key's"
                                + " permitlisten option)")
                : new Finding(
                        Reason.RemotePortInUse,
                        asked + ": the port is in use there, or needs root; free it or choose another listen.port."
                                + " Asked again every 1.5 s");
    }

    /** A connection arrived at the listener. */
    void incoming(Channels.Incoming incoming) {
        if (closed) {
            incoming.refuse(OpenFailure.ADMINISTRATIVELY_PROHIBITED, "the forward has ended");
            return;
        }
        context.dialer().dial(forward.target(), new Dialer.Outcome() {
            @Override
            public void connected(SocketChannel channel) {
                accept(channel, incoming);
            }

            @Override
            public void failed(Finding finding) {
                connections.targetFound(finding);
                incoming.refuse(OpenFailure.CONNECT_FAILED, finding.message());
            }
        });
    }

    private void accept(SocketChannel target, Channels.Incoming incoming) {
        connections.targetFound(new Finding(Reason.TargetConnected, forward.target() + " accepts connections"));
        TunnelConnection connection = new TunnelConnection(target, context, OpenReply.NONE, new ConnectionObserver() {
            @Override
            public void opened(TunnelConnection opened) {}

            @Override
            public void openFailed(TunnelConnection failed, int reason, String description) {}

            @Override
            public void ended(TunnelConnection ended, long sent, long received, boolean failed) {
                connections.ended(ended, sent, received, failed);
            }
        });
        connections.add(connection);
        connection.opening(incoming.accept(connection));
    }

    @Override
    public void close(OpenForward.Connections fate) {
        context.loop().execute(() -> {
            if (!closed) {
                closed = true;
                endListening();
            }
            if (fate == OpenForward.Connections.RESET) {
                connections.resetAll();
            }
        });
    }

    private void endListening() {
        listeners.remove(forward.listen(), this);
        if (granted != null) {
            listeners.remove(granted, this);
            requests.cancel(granted);
        }
    }
}
