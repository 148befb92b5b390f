package dev.sshtunnels.operator.desired;

import dev.sshtunnels.api.ForwardSpec;
import dev.sshtunnels.api.Listen;
import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.SshTunnelSpec;
import java.util.List;

/** The forwards of a tunnel in one shape, whichever of the two ways they were written in, each with a listen port. */
public final class EffectiveForwards {
    /** Port of a SOCKS proxy that names none, as in {@code ssh -D} examples and curl. */
    private static final int SOCKS_PORT = 1080;

    private EffectiveForwards() {}

    public static List<ForwardSpec> of(SshTunnelSpec spec) {
        if (spec.mode() == null) {
            return spec.forwards().stream().map(EffectiveForwards::withPort).toList();
        }
        var single = new ForwardSpec(
                nameOfSingle(spec.mode()),
                spec.mode(),
                spec.listen(),
                spec.gateway(),
                spec.target(),
                spec.dnsNames(),
                null);
        return List.of(withPort(single));
    }

    private static String nameOfSingle(Mode mode) {
        return mode == Mode.D ? "socks" : "tunnel";
    }

    private static ForwardSpec withPort(ForwardSpec forward) {
        String address = forward.listen() == null ? null : forward.listen().address();
        Integer port = forward.listen() == null ? null : forward.listen().port();
        return listening(forward, new Listen(address, port == null ? defaultPort(forward) : port), forward.gateway());
    }

    private static Integer defaultPort(ForwardSpec forward) {
        return switch (forward.mode()) {
            case L -> forward.target() == null ? null : forward.target().port();
            case D -> SOCKS_PORT;
            case R -> null;
        };
    }

    static ForwardSpec listening(ForwardSpec forward, Listen listen, Boolean gateway) {
        return new ForwardSpec(
                forward.name(),
                forward.mode(),
                listen,
                gateway,
                forward.target(),
                forward.dnsNames(),
                forward.service());
    }
}
