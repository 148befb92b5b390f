package dev.sshtunnels.tunnel;

import dev.sshtunnels.api.ForwardSpec;
import dev.sshtunnels.api.Listen;
import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.SshTunnelSpec;
import dev.sshtunnels.api.Target;
import java.util.List;

/** The forwards of a tunnel with everything decided that a spec may leave open. */
public final class Forwards {

    /** Port of a SOCKS proxy that names none. */
    public static final int SOCKS_PORT = 1080;

    private Forwards() {}

    /** The forwards in one shape, whichever of the two ways they were written in. */
    public static List<ForwardSpec> written(SshTunnelSpec spec) {
        return spec.mode() == null ? spec.forwards() : List.of(single(spec));
    }

    /** The forward that {@code mode} and its fields describe; it is called {@code tunnel}, or {@code socks} for D. */
    static ForwardSpec single(SshTunnelSpec spec) {
        String name = spec.mode() == Mode.D ? "socks" : "tunnel";
        return new ForwardSpec(name, spec.mode(), spec.listen(), spec.gateway(), spec.target(), spec.dnsNames(), null);
    }

    /** The port that is listened on: L takes the target's and D 1080 when none is given; null where none can be known. */
    public static Integer listenPort(ForwardSpec forward) {
        Listen listen = forward.listen();
        if (listen != null && listen.port() != null) {
            return listen.port();
        }
        return switch (forward.mode()) {
            case L -> forward.target() == null ? null : forward.target().port();
            case D -> SOCKS_PORT;
            case R -> null;
            case null -> null;
        };
    }

    /**
     * ssh's bind_address: an empty one means all addresses, none at all loopback unless {@code gateway} asks for all
     * (ssh(1), {@code -L} and {@code -g}; sshd then has the last word on R).
     */
    public static String listenAddress(ForwardSpec forward) {
        String address = forward.listen() == null ? null : forward.listen().address();
        if (address == null) {
            return Boolean.TRUE.equals(forward.gateway()) ? "*" : "localhost";
        }
        return address.isEmpty() ? "*" : address;
    }

    /** The forwards as an agent opens them; a Service is a host with a port by then. */
    public static List<Forward> of(SshTunnelSpec spec) {
        return written(spec).stream().map(Forwards::of).toList();
    }

    private static Forward of(ForwardSpec spec) {
        HostPort listen = new HostPort(listenAddress(spec), listenPort(spec));
        return switch (spec.mode()) {
            case L -> new Forward.Local(spec.name(), listen, destination(spec.target()));
            case R ->
                spec.target().socks() == null
                        ? new Forward.Remote(spec.name(), listen, hostPort(spec.target()))
                        : new Forward.RemoteDynamic(spec.name(), listen);
            case D -> new Forward.Dynamic(spec.name(), listen);
        };
    }

    private static Destination destination(Target target) {
        return target.socketPath() == null ? hostPort(target) : new SocketPath(target.socketPath());
    }

    private static HostPort hostPort(Target target) {
        return new HostPort(target.host(), target.port());
    }
}
