package dev.sshtunnels.forward.watch;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.Timer;
import dev.sshtunnels.tunnel.Finding;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Probes a target again and again: the first time at once, then every interval, and early when a client has found
 * otherwise. A target that answered counts as down after so many failures in a row; before it has ever answered, one
 * suffices. Event loop only.
 */
final class Probing {

    /** Between the probes that are to confirm what a client has found. */
    private static final Duration SOON = Duration.ofMillis(250);

    /** Of the interval, so that many agents do not probe in step. */
    private static final double JITTER = 0.1;

    private final EventLoop loop;
    private final ProbeTarget target;
    private final ProbeOrder order;
    private final ForwardListener listener;
    private final Consumer<Finding> decided;
    /** Grows while clients and probe disagree: they may mean different things, and the target is to be spared. */
    private Duration haste = SOON;

    private boolean early;
    private boolean known;
    private boolean up;
    private int failures;
    private boolean doubted;
    private boolean doubtedMeanwhile;
    private long startedNanos;
    private ProbeRun running;
    private Timer next;

    /** @param decided hears what counts now, after each probe that settles it */
    Probing(EventLoop loop, ProbeTarget target, ProbeOrder order, ForwardListener listener, Consumer<Finding> decided) {
        this.loop = loop;
        this.target = target;
        this.order = order;
        this.listener = listener;
        this.decided = decided;
    }

    void start() {
        if (!early) {
            haste = SOON;
        }
        early = false;
        doubtedMeanwhile = false;
        startedNanos = System.nanoTime();
        running = new ProbeRun(
                target.destination(), order.greeting(), order.probe().timeout(), target.links(), this::found);
        running.start(loop);
    }

    void stop() {
        if (next != null) {
            next.cancel();
        }
        running.abort();
    }

    /** A client connected to the target, or failed to. */
    void clientFound(boolean connected) {
        if (!known || connected == up) {
            return;
        }
        doubted = true;
        doubtedMeanwhile = true;
        if (!running.isUnderWay() && !early) {
            next.cancel();
            hasten();
        }
    }

    private void found(Finding finding) {
        boolean answered = finding.reason() == Reason.ProbeSucceeded;
        listener.probed(answered, Duration.ofNanos(System.nanoTime() - startedNanos));
        failures = answered ? 0 : failures + 1;
        if (answered || !known || !up || failures >= order.probe().failureThreshold()) {
            settle(answered, finding);
        } else if (doubted) {
            early(SOON);
        } else {
            next = loop.schedule(interval(), this::start);
        }
    }

    private void settle(boolean answered, Finding finding) {
        if (!known || answered != up) {
            haste = SOON;
        }
        known = true;
        up = answered;
        doubted = false;
        decided.accept(finding);
        if (doubtedMeanwhile) {
            hasten();
        } else {
            next = loop.schedule(interval(), this::start);
        }
    }

    /** Not sooner after the last probe than haste allows. */
    private void hasten() {
        Duration since = Duration.ofNanos(System.nanoTime() - startedNanos);
        Duration left = haste.minus(since);
        Duration longer = haste.multipliedBy(2);
        haste = longer.compareTo(order.probe().interval()) < 0
                ? longer
                : order.probe().interval();
        early(left.isNegative() ? Duration.ZERO : left);
    }

    private void early(Duration delay) {
        early = true;
        next = loop.schedule(delay, this::start);
    }

    private Duration interval() {
        double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return Duration.ofNanos((long) (order.probe().interval().toNanos() * factor));
    }
}
