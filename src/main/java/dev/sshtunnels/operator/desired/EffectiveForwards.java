package dev.sshtunnels.operator.desired;

import dev.sshtunnels.api.ForwardSpec;
import dev.sshtunnels.api.Listen;
import dev.sshtunnels.api.SshTunnelSpec;
import dev.sshtunnels.tunnel.Forwards;
import java.util.List;

/** The forwards of a tunnel in one shape, whichever of the two ways they were written in, each with a listen port. */
public final class EffectiveForwards {
    private EffectiveForwards() {}

    public static List<ForwardSpec> of(SshTunnelSpec spec) {
        return Forwards.written(spec).stream().map(EffectiveForwards::withPort).toList();
    }

    private static ForwardSpec withPort(ForwardSpec forward) {
        String address = forward.listen() == null ? null : forward.listen().address();
        return new ForwardSpec(
                forward.name(),
                forward.mode(),
                new Listen(address, Forwards.listenPort(forward)),
                forward.gateway(),
                forward.target(),
                forward.dnsNames(),
                forward.service());
    }
}
