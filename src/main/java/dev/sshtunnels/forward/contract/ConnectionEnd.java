package dev.sshtunnels.forward.contract;

import java.util.Locale;

/**
 * Why a forwarded connection ended: one closed list for metrics, audit log and documentation.
 *
 * <p>SSH carries no RST: the end that is behind the server can only be seen to close (RFC 4254 5.3).
 */
public enum ConnectionEnd {
    /** Both directions ended, the client's first. */
    ClientClosed(Result.OK),
    /** Both directions ended, the target's first. */
    TargetClosed(Result.OK),
    /** The client's connection was reset, or took no bytes any more. */
    ClientReset(Result.RESET),
    /** The target's connection was reset, or took no bytes any more; R only. */
    TargetReset(Result.RESET),
    /** The target could not be connected to. */
    TargetNotReached(Result.FAILED),
    /** It carried no byte for {@code access.idleTimeout}. */
    Idle(Result.IDLE),
    /** The SSH session ended. */
    SessionLost(Result.LOST),
    /** The SSH session was ended on purpose, after the drain time. */
    Drained(Result.CUT),
    /** The forward was removed. */
    ForwardClosed(Result.CUT);

    private final Result result;

    ConnectionEnd(Result result) {
        this.result = result;
    }

    /** What it comes to. */
    public Result result() {
        return result;
    }

    /** The coarse view. */
    public enum Result {
        OK,
        FAILED,
        RESET,
        IDLE,
        LOST,
        CUT;

        /** As metrics name it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The two ends of a forwarded connection; one is a socket here, the other is behind the server. */
    public enum Party {
        CLIENT,
        TARGET
    }
}
