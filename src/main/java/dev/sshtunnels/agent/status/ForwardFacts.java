package dev.sshtunnels.agent.status;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.Exposure;
import dev.sshtunnels.forward.contract.ForwardState;
import dev.sshtunnels.tunnel.Finding;

/**
 * What is known of one forward.
 *
 * @param target what became of the last connection to the target
 * @param exposure where an R listener can be reached
 */
record ForwardFacts(ForwardState state, Finding target, Exposure exposure) {

    private static final Finding NOT_TRIED = new Finding(Reason.TargetNotTried, "no connection has been made yet");

    /** Not in force: there is no session that could carry it. */
    static final ForwardFacts NONE = new ForwardFacts(new ForwardState.Opening(), NOT_TRIED, Exposure.UNKNOWN);

    ForwardFacts with(ForwardState newState) {
        return new ForwardFacts(newState, target, exposure);
    }

    ForwardFacts with(Finding newTarget) {
        return new ForwardFacts(state, newTarget, exposure);
    }

    ForwardFacts with(Exposure newExposure) {
        return new ForwardFacts(state, target, newExposure);
    }
}
