package dev.sshtunnels.agent.retry;

import dev.sshtunnels.ssh.Login;
import dev.sshtunnels.tunnel.Backoff;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When a login that failed is tried again.
 *
 * @param login that failed
 * @param finding of the last failure
 * @param endpoint of the last failure
 * @param series it and those before it
 * @param due when the next attempt may be made
 */
public record Retry(Login login, Finding finding, HostPort endpoint, Series series, Instant due) {

    /** @param before the series so far, null for none */
    public static Retry afterFailure(
            Series before,
            Login login,
            Finding finding,
            HostPort endpoint,
            RetryPolicy policy,
            Instant now,
            RandomGenerator random) {
        Series series = Series.after(before, finding, endpoint);
        Duration wait = policy.after(series.failure()).delay(series.count(), random);
        return new Retry(login, finding, endpoint, series, now.plus(wait));
    }

    /** The same for a session that was up; the first loss is spread wider, since other clients share it. */
    public static Retry afterLoss(
            Series before,
            Login login,
            Finding finding,
            HostPort endpoint,
            RetryPolicy policy,
            Instant now,
            RandomGenerator random) {
        Series series = Series.after(before, finding, endpoint);
        Backoff backoff = series.inARow() == 1 ? policy.lost() : policy.after(series.failure());
        return new Retry(login, finding, endpoint, series, now.plus(backoff.delay(series.count(), random)));
    }

    /**
     * The time within which about the next attempt is made. Where attempts follow one another quickly it is the same
     * for all of them, so that what is told of them does not change with each.
     */
    public Duration within(RetryPolicy policy) {
        Backoff backoff = policy.after(series.failure());
        return series.failure() == FailureClass.REJECTED ? backoff.nominal(series.count()) : backoff.max();
    }
}
