package dev.sshtunnels.ssh;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.Finding;

/** One endpoint could not be logged in to. */
final class PhaseFailure extends Exception {

    private final Phase phase;
    private final Finding finding;

    PhaseFailure(Phase phase, Finding finding) {
        super(finding.message());
        this.phase = phase;
        this.finding = finding;
    }

    PhaseFailure(Phase phase, Reason reason, String message) {
        this(phase, new Finding(reason, message));
    }

    /** The server does not let this user in with this key, wherever it is asked. */
    boolean isRefusal() {
        return finding.reason() == Reason.AuthenticationFailed;
    }

    /** The connection was lost on the way to an answer, which might have been that the key is refused. */
    boolean isUnanswered() {
        return phase == Phase.KEY_OFFERED && finding.reason() == Reason.ConnectionReset;
    }

    Phase phase() {
        return phase;
    }

    Finding finding() {
        return finding;
    }
}
