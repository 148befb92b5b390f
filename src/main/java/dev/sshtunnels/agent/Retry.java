package dev.sshtunnels.agent;

import dev.sshtunnels.ssh.Login;
import dev.sshtunnels.tunnel.Backoff;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * A series of failures of one login.
 *
 * @param login that failed
 * @param finding of the last failure
 * @param endpoint of the last failure
 * @param failures of the same class in a row
 * @param due when the next attempt may be made
 * @param about the wait without jitter
 */
record Retry(Login login, Finding finding, HostPort endpoint, int failures, Instant due, Duration about) {

    /**
     * The series after one more failure; a failure of another class starts a new one.
     *
     * @param before the series so far, null for none
     */
    static Retry after(
            Retry before,
            Login login,
            Finding finding,
            HostPort endpoint,
            RetryPolicy policy,
            Instant now,
            RandomGenerator random) {
        Backoff backoff = policy.after(finding.reason());
        boolean same = before != null
                && LoginChange.same(before.login(), login)
                && policy.after(before.finding().reason()).equals(backoff);
        int failures = same ? before.failures() + 1 : 1;
        return new Retry(
                login,
                finding,
                endpoint,
                failures,
                now.plus(backoff.delay(failures, random)),
                backoff.nominal(failures));
    }
}
