package dev.sshtunnels.agent.retry;

import dev.sshtunnels.tunnel.Backoff;
import dev.sshtunnels.tunnel.Backoff.Spread;
import java.time.Duration;

/**
 * How long to wait between attempts, by class of failure.
 *
 * @param lost once, after a session that had been up: all clients of a server that restarts lose theirs at once
 * @param unreachable so short that a way that is back is noticed within 3 s
 * @param busy never at once, and never longer than a server needs to work off a crowd
 * @param transientFaults up to the longest wait that the user wants
 * @param banned of a login that was not rejected: few while the ban lasts, and soon after it
 * @param rejected never less than nominal: servers count
 * @param resetAfter time after which a session counts as healthy, so that its loss starts a new series
 */
public record RetryPolicy(
        Backoff lost,
        Backoff unreachable,
        Backoff busy,
        Backoff transientFaults,
        Backoff banned,
        Backoff rejected,
        Duration resetAfter) {

    private static final Duration LONGEST_WHILE_UNREACHABLE = Duration.ofMillis(1800);
    private static final Duration SHORTEST_WHILE_BUSY = Duration.ofSeconds(2);
    private static final Duration LONGEST_WHILE_BUSY = Duration.ofSeconds(3);
    private static final Duration SHORTEST_WHILE_BANNED = Duration.ofSeconds(15);
    private static final Duration LONGEST_WHILE_BANNED = Duration.ofSeconds(25);
    private static final Duration LONGEST_AFTER_REJECTION = Duration.ofMinutes(10);

    /**
     * The longest waits while unreachable are 2.5 s, and 2.3 s after a loss with the usual {@code initialDelay} of 1 s:
     * an sshd that restarts is back in use within 3 s, and 50 agents that lost it arrive about 25 a second. A login takes
     * some 100 ms, so that fewer than 10 are under way at a time (sshd_config {@code MaxStartups 10:30:100}). The loss
     * has spread them already; spreading them more while they wait would only make them come more often.
     */
    public static RetryPolicy of(
            Duration initialDelay, Duration maxDelay, Duration authFailureDelay, Duration resetAfter) {
        return new RetryPolicy(
                new Backoff(initialDelay, initialDelay, new Spread(0.1, 2.3)),
                new Backoff(initialDelay, shorter(maxDelay, LONGEST_WHILE_UNREACHABLE), new Spread(0.9, 1.4)),
                new Backoff(longer(initialDelay, SHORTEST_WHILE_BUSY), LONGEST_WHILE_BUSY, new Spread(0.5, 1.5)),
                new Backoff(initialDelay, maxDelay),
                new Backoff(longer(initialDelay, SHORTEST_WHILE_BANNED), LONGEST_WHILE_BANNED, new Spread(1.0, 1.2)),
                new Backoff(authFailureDelay, LONGEST_AFTER_REJECTION, new Spread(1.0, 1.2)),
                resetAfter);
    }

    Backoff after(FailureClass failure) {
        return switch (failure) {
            case UNREACHABLE -> unreachable;
            case BUSY -> busy;
            case TRANSIENT -> transientFaults;
            case BANNED -> banned;
            case REJECTED -> rejected;
        };
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
