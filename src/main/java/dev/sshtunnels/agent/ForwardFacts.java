package dev.sshtunnels.agent;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.ForwardState;
import dev.sshtunnels.tunnel.Finding;

/**
 * What is known of one forward.
 *
 * @param target what became of the last connection to the target
 */
record ForwardFacts(ForwardState state, Finding target) {

    private static final Finding NOT_TRIED = new Finding(Reason.TargetNotTried, "no connection has been made yet");

    /** Not in force: there is no session that could carry it. */
    static final ForwardFacts NONE = new ForwardFacts(new ForwardState.Opening(), NOT_TRIED);

    ForwardFacts with(ForwardState newState) {
        return new ForwardFacts(newState, target);
    }

    ForwardFacts with(Finding newTarget) {
        return new ForwardFacts(state, newTarget);
    }
}
