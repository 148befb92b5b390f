package dev.sshtunnels.operator.resolve;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.api.SshTunnelSpec;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.NotSupportedYet;
import dev.sshtunnels.tunnel.SpecRules;
import dev.sshtunnels.tunnel.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a spec cannot be accepted by itself; empty when it can. Its form is not looked at again: the API server has
 * checked it against {@code crds/}.
 */
public final class Rules {
    private static final String SPEC = "spec";

    private Rules() {}

    public static Optional<Finding> server(SshServerSpec spec) {
        return finding(Reason.NotSupportedYet, NotSupportedYet.inServer(spec, SPEC));
    }

    public static Optional<Finding> tunnel(SshTunnelSpec spec) {
        return finding(Reason.InvalidSpec, SpecRules.inTunnel(spec, SPEC))
                .or(() -> finding(Reason.NotSupportedYet, NotSupportedYet.inTunnel(spec, SPEC)));
    }

    private static Optional<Finding> finding(Reason reason, List<Violation> violations) {
        return violations.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        reason,
                        violations.stream()
                                .map(violation -> violation.field() + " " + violation.message())
                                .collect(Collectors.joining("; "))));
    }
}
