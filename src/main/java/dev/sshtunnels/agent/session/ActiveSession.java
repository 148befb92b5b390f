package dev.sshtunnels.agent.session;

import dev.sshtunnels.agent.retry.RetryPolicy;
import dev.sshtunnels.agent.retry.Series;
import dev.sshtunnels.ssh.Login;
import dev.sshtunnels.ssh.SshConnection;
import java.time.Instant;

/**
 * A session in use.
 *
 * @param since when it came up
 * @param before the failures before it, null for none; they count on when it does not last
 */
record ActiveSession(
        Login login,
        RetryPolicy policy,
        SshConnection connection,
        SessionForwards forwards,
        Instant since,
        Series before) {}
