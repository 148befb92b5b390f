package dev.sshtunnels.forward.exposure;

import dev.sshtunnels.forward.socket.ConnectFailure;

/** What became of a question that was to arrive at the agent's own listener. */
enum Reach {
    /** It arrived there. */
    HERE,
    /** Somebody else took it. */
    ELSEWHERE,
    /** Nobody listens at that address. */
    REFUSED,
    /** The server does not let this login connect there. */
    PROHIBITED,
    /** No answer, or no way there. */
    NOWHERE;

    /** Of a question that did not arrive. */
    static Reach missed(ProbeOutcome outcome) {
        return switch (outcome) {
            case ProbeOutcome.Answered _, ProbeOutcome.Strange _ -> ELSEWHERE;
            case ProbeOutcome.Silent _ -> NOWHERE;
            case ProbeOutcome.NotConnected(ConnectFailure cause) ->
                switch (cause) {
                    case REFUSED -> REFUSED;
                    case PROHIBITED -> PROHIBITED;
                    default -> NOWHERE;
                };
        };
    }
}
