package dev.sshtunnels.forward.watch;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.tunnel.Finding;
import java.time.Duration;
import java.util.Optional;

/**
 * What is found of one forward's target, and whether it is news. Without a probe the clients' connections tell; with one
 * the probe decides, and a client that finds otherwise makes it look at once. When clients go on finding now this
 * and now that, not all of it is told, but always the last, if late. Event loop only.
 */
public final class TargetWatch {

    private static final Finding NOT_TRIED = new Finding(Reason.TargetNotTried, "no connection has been made yet");

    /** So many changes that clients find are told at once: what goes down and comes back is seen going and coming. */
    private static final int BURST = 5;

    /** And after these one in so long, since each of them is work for whoever keeps the status. */
    private static final Duration REFILL = Duration.ofSeconds(10);

    private final EventLoop loop;
    private final ForwardListener listener;
    private final Optional<ProbeTarget> target;
    private final Pace pace;
    private Finding lastOfClients = NOT_TRIED;
    private Reason told;
    private Probing probing;
    private ProbeOrder order;
    private boolean listening;
    private boolean closed;

    /** @param target empty for a SOCKS listener, which has none of its own */
    public TargetWatch(EventLoop loop, ForwardListener listener, Optional<ProbeTarget> target) {
        this(loop, LoopTime.of(loop), listener, target);
    }

    TargetWatch(EventLoop loop, LoopTime time, ForwardListener listener, Optional<ProbeTarget> target) {
        this.loop = loop;
        this.listener = listener;
        this.target = target;
        this.pace = new Pace(new TokenBucket(BURST, REFILL, time.nanos()), time, this::tellOfClients);
    }

    /** Probes in this way from now on; null for not at all. */
    void probe(ProbeOrder wanted) {
        stop();
        pace.forget();
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
        pace.forget();
        stop();
    }

    /** What became of a client's connection to the target. */
    void clientFound(Finding finding) {
        lastOfClients = finding;
        if (probing == null) {
            tellOfClients();
        } else {
            probing.clientFound(finding.reason() == Reason.TargetConnected);
        }
    }

    /** The last they found, which may be what is known again by the time it may be told. */
    private void tellOfClients() {
        if (order == null && !closed && lastOfClients.reason() != told && pace.admits()) {
            tell(lastOfClients);
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
