package dev.sshtunnels.tunnel;

import dev.sshtunnels.api.ProbeType;
import dev.sshtunnels.api.TunnelProbe;
import java.time.Duration;
import java.util.Optional;

/**
 * How a tunnel's targets are checked, with everything decided that a spec may leave open.
 *
 * @param type not {@link ProbeType#None}
 * @param interval from the end of one check to the next
 * @param timeout of one check, from the first connection attempt to the verdict
 * @param failureThreshold failed checks in a row after which a target that answered counts as down
 * @param send what is sent first, empty for nothing
 * @param expectPrefix what a good answer begins with; empty for types that know by themselves
 */
public record TargetProbe(
        ProbeType type, Duration interval, Duration timeout, int failureThreshold, String send, String expectPrefix) {

    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int FAILURE_THRESHOLD = 3;

    /** Empty when the spec asks for none. */
    public static Optional<TargetProbe> of(TunnelProbe spec) {
        if (spec == null || spec.type() == ProbeType.None) {
            return Optional.empty();
        }
        return Optional.of(new TargetProbe(
                spec.type() == null ? ProbeType.TCP : spec.type(),
                Durations.parse(spec.interval(), INTERVAL),
                Durations.parse(spec.timeout(), TIMEOUT),
                spec.failureThreshold() == null ? FAILURE_THRESHOLD : spec.failureThreshold(),
                spec.send() == null ? "" : spec.send(),
                spec.expectPrefix() == null ? "" : spec.expectPrefix()));
    }

    /** Whether a tunnel is ready only while its targets answer. */
    public static boolean gatesReadiness(TunnelProbe spec) {
        return of(spec).isPresent() && !Boolean.FALSE.equals(spec.gateReadiness());
    }
}
