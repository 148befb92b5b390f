package dev.sshtunnels.ssh.login;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.Finding;

/** A key or a list of host keys that was given cannot be used. */
public final class UnusableException extends Exception {

    private final Finding finding;

    UnusableException(Reason reason, String message) {
        super(message);
        this.finding = new Finding(reason, message);
    }

    /** Which one, why, and how to mend it. */
    public Finding finding() {
        return finding;
    }
}
