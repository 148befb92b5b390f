package dev.sshtunnels.agent.retry;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.ssh.Rejections;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;

/**
 * Failures of one login since its last healthy session.
 *
 * @param failure class of the last one
 * @param inARow how many of that class came last, one after the other
 * @param rejected how many {@link FailureClass#REJECTED} there were in all: what a server counts does not end with a
 *     failure of another kind in between
 * @param rejections endpoints that refused user or key
 */
public record Series(FailureClass failure, int inARow, int rejected, Rejections rejections) {

    /** @param before null for none */
    static Series after(Series before, Finding finding, HostPort endpoint) {
        Series former = before == null ? new Series(null, 0, 0, Rejections.NONE) : before;
        FailureClass failure = former.classOf(finding.reason());
        return new Series(
                failure,
                failure == former.failure ? former.inARow + 1 : 1,
                failure == FailureClass.REJECTED ? former.rejected + 1 : former.rejected,
                finding.reason() == Reason.AuthenticationFailed ? former.rejections.by(endpoint) : former.rejections);
    }

    /** A ban after a rejection is for this login: the end of the ban would only be the beginning of the next one. */
    private FailureClass classOf(Reason reason) {
        FailureClass failure = FailureClass.of(reason);
        return failure == FailureClass.BANNED && rejected > 0 ? FailureClass.REJECTED : failure;
    }

    /** What is left of it after a healthy session: which endpoints are better not asked first. */
    public Series healed() {
        return new Series(null, 0, 0, rejections);
    }

    /** By how many failures the wait has grown. */
    int count() {
        return failure == FailureClass.REJECTED ? rejected : inARow;
    }
}
