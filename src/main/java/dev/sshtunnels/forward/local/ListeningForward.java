package dev.sshtunnels.forward.local;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.connection.ForwardConnections;
import dev.sshtunnels.forward.connection.ForwardContext;
import dev.sshtunnels.forward.contract.ClosableForward;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.forward.contract.ForwardState;
import dev.sshtunnels.forward.contract.OpenForward;
import dev.sshtunnels.forward.socket.SocketEnd;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** An L or D forward: listens here, for as long as its session lives, and tries again while it cannot. */
public final class ListeningForward implements ClosableForward {

    private static final Duration RETRY = Duration.ofSeconds(2);

    private final ForwardContext context;
    private final HostPort listen;
    private final AdmissionGate gate;
    private final Consumer<AdmittedClient> admitted;
    private final ForwardListener listener;
    private final ForwardConnections connections;
    private AcceptLoop acceptLoop;
    private Reason lastFailure;
    private boolean closed;

    public ListeningForward(
            ForwardContext context,
            Forward forward,
            AdmissionGate gate,
            Consumer<AdmittedClient> admitted,
            ForwardListener listener,
            ForwardConnections connections) {
        this.context = context;
        this.listen = forward.listen();
        this.gate = gate;
        this.admitted = admitted;
        this.listener = listener;
        this.connections = connections;
    }

    /**
     * Listens soon; the listener hears of it. Not at once: a forward with this port may have been closed just now, and the
     * kernel keeps its socket until the loop has asked for ready sockets again.
     */
    public void start() {
        context.loop().execute(this::bind);
    }

    private void bind() {
        if (closed) {
            return;
        }
        try {
            acceptLoop = new AcceptLoop(
                    context, BindAddresses.of(listen.host(), listen.port()), this::accepted, listener::acceptFailed);
            listener.stateChanged(new ForwardState.Listening(listen.host(), listen.port()));
        } catch (IOException | IllegalArgumentException e) {
            failed(e);
        }
    }

    private void accepted(SocketChannel socket) throws IOException {
        InetSocketAddress source = (InetSocketAddress) socket.getRemoteAddress();
        Optional<Reason> rejection = gate.rejection(source.getAddress());
        if (rejection.isPresent()) {
            listener.connectionRejected(rejection.get(), source.getAddress());
            SocketEnd.reset(socket);
            return;
        }
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        admitted.accept(gate.admit(socket, source));
    }

    private void failed(Exception cause) {
        Finding finding = describe(cause);
        if (finding.reason() != lastFailure) {
            lastFailure = finding.reason();
            listener.stateChanged(new ForwardState.Failed(finding));
        }
        context.loop().schedule(RETRY, this::start);
    }

    private Finding describe(Exception cause) {
        String text = String.valueOf(cause.getMessage());
        if (cause instanceof BindException && text.contains("in use")) {
            return new Finding(
                    Reason.LocalPortInUse,
                    listen + " is in use by another process; choose another listen.port or end that process");
        }
        return new Finding(Reason.ListenFailed, "cannot listen on " + listen + ": " + text + "; check listen.address");
    }

    @Override
    public void close(OpenForward.Connections fate) {
        context.loop().execute(() -> {
            closed = true;
            if (acceptLoop != null) {
                acceptLoop.close();
            }
            if (fate == OpenForward.Connections.RESET) {
                connections.resetAll();
            }
        });
    }
}
