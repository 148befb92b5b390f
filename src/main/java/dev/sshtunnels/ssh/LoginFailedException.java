package dev.sshtunnels.ssh;

import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;

/** No session came up. */
public final class LoginFailedException extends Exception {

    private final HostPort endpoint;
    private final Finding finding;

    public LoginFailedException(HostPort endpoint, Finding finding, Throwable cause) {
        super(finding.message(), cause);
        this.endpoint = endpoint;
        this.finding = finding;
    }

    /** The endpoint that the finding is about. */
    public HostPort endpoint() {
        return endpoint;
    }

    public Finding finding() {
        return finding;
    }
}
