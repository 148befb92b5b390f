package dev.sshtunnels.ssh;

import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.Timer;
import dev.sshtunnels.ssh.transport.TunnelTransport;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Asks a silent server whether it is there, and gives it up when it stays silent, as ssh's {@code ServerAliveInterval}
 * and {@code ServerAliveCountMax} do. Any byte from the server counts as a sign of life, and nothing else does: neither
 * a key exchange that hangs nor a socket that takes no more bytes keeps a dead server. Event loop only.
 */
final class KeepAlive {

    private final EventLoop loop;
    private final TunnelTransport transport;
    private final Duration interval;
    private final int countMax;
    private final Consumer<Duration> answered;
    private final Consumer<Duration> dead;
    private long askedNanos;
    private int unanswered;
    private boolean stopped;
    private Timer timer;

    /**
     * Does nothing before {@link #start}.
     *
     * @param answered told the round-trip time of each question; UNIMPLEMENTED or a failure are answers too
     * @param dead told once, with the time of silence
     */
    KeepAlive(
            EventLoop loop,
            TunnelTransport transport,
            Login login,
            Consumer<Duration> answered,
            Consumer<Duration> dead) {
        this.loop = loop;
        this.transport = transport;
        this.interval = login.keepAliveInterval();
        this.countMax = login.keepAliveCountMax();
        this.answered = answered;
        this.dead = dead;
    }

    void start() {
        if (!stopped) {
            timer = loop.schedule(interval, this::check);
        }
    }

    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void check() {
        long now = System.nanoTime();
        Duration silence = Duration.ofNanos(now - transport.lastInboundNanos());
        if (transport.lastInboundNanos() - askedNanos > 0) {
            unanswered = 0;
        }
        if (unanswered == 0 && silence.compareTo(interval) < 0) {
            timer = loop.schedule(interval.minus(silence), this::check);
        } else if (unanswered >= countMax) {
            stopped = true;
            dead.accept(silence);
        } else {
            unanswered++;
            askedNanos = now;
            timer = loop.schedule(interval, this::check);
            transport.ask(() -> answered.accept(Duration.ofNanos(System.nanoTime() - now)));
        }
    }
}
