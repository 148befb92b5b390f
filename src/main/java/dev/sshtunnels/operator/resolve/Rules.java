package dev.sshtunnels.operator.resolve;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.api.SshTunnelSpec;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.NotSupportedYet;
import dev.sshtunnels.tunnel.ServerRules;
import dev.sshtunnels.tunnel.TunnelRules;
import dev.sshtunnels.tunnel.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a spec cannot be accepted by itself; empty when it can. The API server has checked most of it already, unless the
 * kinds that are installed are of another version than this operator.
 */
public final class Rules {
    private static final String SPEC = "spec";

    private Rules() {}

    public static Optional<Finding> server(SshServerSpec spec) {
        return finding(Reason.InvalidSpec, ServerRules.check(spec, SPEC))
                .or(() -> finding(Reason.NotSupportedYet, NotSupportedYet.inServer(spec, SPEC)));
    }

    public static Optional<Finding> tunnel(SshTunnelSpec spec) {
        return finding(Reason.InvalidSpec, TunnelRules.check(spec, SPEC))
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
