package dev.sshtunnels.forward.contract;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.Finding;

/**
 * Where a listener on the server can be reached, as far as it has been proved.
 *
 * @param finding {@link Reason#Verified}, {@link Reason#LoopbackOnly}, {@link Reason#NotReachable},
 *     {@link Reason#ProbeNotPermitted} or {@link Reason#NotVerified}
 * @param boundAddress what the server listens on, in the words of {@code listen.address}; null while that is not known
 */
public record Exposure(Finding finding, String boundAddress) {

    /** Before anything was tried. */
    public static final Exposure UNKNOWN = new Exposure(
            new Finding(Reason.NotVerified, "where the listener can be reached has not been verified yet"), null);

    /** Nobody is to try. */
    public static final Exposure UNASKED = new Exposure(
            new Finding(
                    Reason.NotVerified,
                    "where the listener can be reached is not verified, as spec.probe.remote.enabled is false"),
            null);
}
