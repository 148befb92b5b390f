package dev.sshtunnels.agent.login;

import dev.sshtunnels.agent.retry.RetryPolicy;
import dev.sshtunnels.ssh.Login;
import dev.sshtunnels.tunnel.Finding;

/** What came of gathering everything that a login needs. */
public sealed interface Resolution {

    /** All there. */
    record Ready(Login login, RetryPolicy retry) implements Resolution {}

    /** A Secret, a key or a known_hosts source is missing or broken. */
    record Broken(Finding finding) implements Resolution {}
}
