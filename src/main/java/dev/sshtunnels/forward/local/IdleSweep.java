package dev.sshtunnels.forward.local;

import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Ends connections that have carried no byte for the idle timeout. Their bytes pay nothing for it: one timer compares
 * byte counts from time to time, so a connection ends up to an eighth of the timeout, at most 30 s, late.
 *
 * <p>It ends with a RST: the target did not end it, and a FIN would look as if it had said all it had to say. Event loop
 * only.
 */
final class IdleSweep {

    private static final int STEPS = 8;
    private static final Duration LONGEST_STEP = Duration.ofSeconds(30);

    private final EventLoop loop;
    private final Collection<AdmittedClient> clients;
    private final Supplier<Duration> timeout;
    private Timer timer;

    /**
     * Makes a sweep that is not under way yet.
     *
     * @param timeout asked anew each time; zero for none
     */
    IdleSweep(EventLoop loop, Collection<AdmittedClient> clients, Supplier<Duration> timeout) {
        this.loop = loop;
        this.clients = clients;
        this.timeout = timeout;
    }

    /** Looks after the clients until there are none, or no timeout. */
    void start() {
        Duration idle = timeout.get();
        if (timer == null && !idle.isZero() && !clients.isEmpty()) {
            timer = loop.schedule(step(idle), this::sweep);
        }
    }

    /** The timeout is another one. */
    void restart() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        start();
    }

    private static Duration step(Duration idle) {
        Duration step = idle.dividedBy(STEPS);
        return step.compareTo(LONGEST_STEP) < 0 ? step : LONGEST_STEP;
    }

    private void sweep() {
        timer = null;
        Duration limit = timeout.get();
        if (!limit.isZero()) {
            end(limit.toNanos());
            start();
        }
    }

    private void end(long limitNanos) {
        long now = System.nanoTime();
        List<AdmittedClient> idle = clients.stream()
                .filter(client -> client.idleNanos(now) >= limitNanos)
                .toList();
        idle.forEach(client -> client.reset(ConnectionEnd.Idle));
    }
}
