package dev.sshtunnels.ssh.login;

import dev.sshtunnels.api.Reason;

/** What was decided about a host key. */
public sealed interface HostKeyVerdict {

    record Trusted() implements HostKeyVerdict {}

    /**
     * Not to be logged in to.
     *
     * @param reason {@code HostKeyUnknown}, {@code HostKeyMismatch} or {@code HostKeyRevoked}
     * @param message with the fingerprints and the line to add or mend
     */
    record Refused(Reason reason, String message) implements HostKeyVerdict {}
}
