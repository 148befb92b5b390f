package dev.sshtunnels.forward.watch;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.tunnel.Finding;
import java.util.Optional;

/**
 * What is found of one forward's target, and whether it is news. Without a probe the clients' connections tell; with one
 * the probe decides, and a client that finds otherwise makes it look at once. Event loop only.
 */
public final class TargetWatch {

    private static final Finding NOT_TRIED = new Finding(Reason.TargetNotTried, "no connection has been made yet");

    private final EventLoop loop;
    private final ForwardListener listener;
    private final Optional<ProbeTarget> target;
    private Finding lastOfClients = NOT_TRIED;
    private Reason told;
    private Probing probing;
    private ProbeOrder order;
    private boolean listening;
    private boolean closed;

    /** @param target empty for a SOCKS listener, which has none of its own */
    public TargetWatch(EventLoop loop, ForwardListener listener, Optional<ProbeTarget> target) {
        this.loop = loop;
        this.listener = listener;
        this.target = target;
    }

    /** Probes in this way from now on; null for not at all. */
    void probe(ProbeOrder wanted) {
        stop();
        order = wanted;
        told = null;
        if (order == null) {
            tell(lastOfClients);
        }
        start();
    }

    /** The forward's listener is there, or is not any more: what nobody can connect to is not probed. */
    void listening(boolean is) {
        if (is != listening) {
            listening = is;
            stop();
            start();
        }
    }

    public void close() {
        closed = true;
        stop();
    }

    /** What became of a client's connection to the target. */
    void clientFound(Finding finding) {
        lastOfClients = finding;
        if (probing == null) {
            tell(finding);
        } else {
            probing.clientFound(finding.reason() == Reason.TargetConnected);
        }
    }

    private void start() {
        if (order != null && listening && !closed && target.isPresent()) {
            probing = new Probing(loop, target.get(), order, listener, this::tell);
            probing.start();
        }
    }

    private void stop() {
        if (probing != null) {
            probing.stop();
            probing = null;
            listener.probingEnded();
        }
    }

    private void tell(Finding finding) {
        if (finding.reason() != told) {
            told = finding.reason();
            listener.targetFound(finding);
        }
    }
}
