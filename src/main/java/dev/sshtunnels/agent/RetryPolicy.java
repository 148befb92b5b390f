package dev.sshtunnels.agent;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.Backoff;
import java.time.Duration;

/**
 * How long to wait between attempts, by class of cause.
 *
 * @param transientFaults for what may mend itself
 * @param refused for a server that is being restarted: asking costs nobody anything
 * @param rejected for what a person has to mend, and what servers count against a client: logins and host keys
 * @param resetAfter time after which a session counts as healthy, so that its loss starts a new series
 */
record RetryPolicy(Backoff transientFaults, Backoff refused, Backoff rejected, Duration resetAfter) {

    private static final Duration LONGEST_AFTER_REFUSAL = Duration.ofSeconds(5);
    private static final Duration LONGEST_AFTER_REJECTION = Duration.ofMinutes(10);

    static RetryPolicy of(Duration initialDelay, Duration maxDelay, Duration authFailureDelay, Duration resetAfter) {
        Duration refusedMax = maxDelay.compareTo(LONGEST_AFTER_REFUSAL) < 0 ? maxDelay : LONGEST_AFTER_REFUSAL;
        return new RetryPolicy(
                new Backoff(initialDelay, maxDelay),
                new Backoff(initialDelay, refusedMax),
                new Backoff(authFailureDelay, LONGEST_AFTER_REJECTION),
                resetAfter);
    }

    Backoff after(Reason reason) {
        return switch (reason) {
            case AuthenticationFailed, HostKeyUnknown, HostKeyMismatch, HostKeyRevoked -> rejected;
            case ConnectionRefused -> refused;
            default -> transientFaults;
        };
    }
}
