package dev.sshtunnels.agent.login;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.Finding;

/** Something that a login needs is missing or broken. */
final class BrokenException extends Exception {

    private final transient Finding finding;

    BrokenException(Finding finding) {
        super(finding.message());
        this.finding = finding;
    }

    BrokenException(Reason reason, String message) {
        this(new Finding(reason, message));
    }

    Finding finding() {
        return finding;
    }
}
