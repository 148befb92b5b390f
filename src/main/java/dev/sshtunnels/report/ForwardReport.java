package dev.sshtunnels.report;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.Reason;

/**
 * One forward as the agent sees it.
 *
 * @param ready whether the listener is established
 * @param requestedAddress the bind address asked for
 * @param boundAddress what it was bound to as far as the agent knows, null while not established; for R what was proved
 * @param port the port listened on (the allocated one where 0 was asked), 0 while unknown
 * @param target {@code host:port}, null for D
 * @param reason why the listener is not established; {@link Reason#AllForwardsReady} when it is
 * @param message what failed, where, how to mend it
 * @param targetReason what became of the last connection to the target; {@link Reason#TargetNotTried} before the first
 * @param targetMessage its explanation
 * @param exposedReason R: whether clients on the server's side reach the listener: {@link Reason#Verified},
 *     {@link Reason#LoopbackOnly}, {@link Reason#NotReachable}, {@link Reason#ProbeNotPermitted} or
 *     {@link Reason#NotVerified}; null for L and D
 * @param exposedMessage its explanation
 */
public record ForwardReport(
        String name,
        Mode mode,
        boolean ready,
        String requestedAddress,
        String boundAddress,
        int port,
        String target,
        Reason reason,
        String message,
        Reason targetReason,
        String targetMessage,
        Reason exposedReason,
        String exposedMessage) {}
