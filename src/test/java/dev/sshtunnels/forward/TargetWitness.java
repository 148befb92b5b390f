package dev.sshtunnels.forward;

import dev.sshtunnels.forward.contract.OpenForward;
import dev.sshtunnels.tunnel.Checks;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.TargetProbe;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A forward that a test opened, and what it told of its target. */
public abstract class TargetWitness extends DeafListener {

    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<Finding> targets = new LinkedBlockingQueue<>();
    private final AtomicInteger probes = new AtomicInteger();
    private final AtomicInteger endings = new AtomicInteger();
    private OpenForward forward;

    final void is(OpenForward opened) {
        forward = opened;
    }

    public final void close(OpenForward.Connections fate) {
        forward.close(fate);
    }

    /** Checks its target like this from now on. */
    public final TargetWitness probe(TargetProbe probe) {
        forward.check(new Checks(Optional.of(probe), true));
        return this;
    }

    public final void check(Checks checks) {
        forward.check(checks);
    }

    public final void probeNoMore() {
        forward.check(Checks.USUAL);
    }

    /** What it tells next. */
    public final Finding target() throws InterruptedException {
        return targets.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether nothing more has been told. */
    public final boolean hasNoNewsOfTheTarget() {
        return targets.isEmpty();
    }

    /** Number of probes that have come to an end. */
    public final int probes() {
        return probes.get();
    }

    /** How many times probing was given up. */
    public final int endings() {
        return endings.get();
    }

    @Override
    public final void targetFound(Finding finding) {
        targets.add(finding);
    }

    @Override
    public final void probed(boolean answered, Duration took) {
        probes.incrementAndGet();
    }

    @Override
    public final void probingEnded() {
        endings.incrementAndGet();
    }
}
