package dev.sshtunnels.tunnel;

import dev.sshtunnels.api.Mode;

/**
 * One forward with everything decided: what {@code ssh} would be told with {@code -L}, {@code -R} or {@code -D}.
 *
 * <p>{@link #listen()} holds ssh's bind_address: {@code *} for all addresses, {@code localhost} for both loopback
 * addresses, or an IP literal; never empty.
 */
public sealed interface Forward {

    /** Name of the forward within its tunnel. */
    String name();

    HostPort listen();

    /**
     * Listens here, connects from the server: RFC 4254 7.2 {@code direct-tcpip}, or for a Unix socket OpenSSH's
     * {@code direct-streamlocal@openssh.com} (PROTOCOL 2.4).
     */
    record Local(String name, HostPort listen, Destination target) implements Forward {}

    /** Listens on the server, connects from here: RFC 4254 7.1 {@code tcpip-forward}; port 0 lets the server choose. */
    record Remote(String name, HostPort listen, HostPort target) implements Forward {}

    /** Listens here as a SOCKS server, connects from the server. */
    record Dynamic(String name, HostPort listen) implements Forward {}

    /** Listens on the server, speaks SOCKS with whoever comes, connects from here: {@code ssh -R port} without a target. */
    record RemoteDynamic(String name, HostPort listen) implements Forward {}

    default Mode mode() {
        return switch (this) {
            case Local _ -> Mode.L;
            case Remote _, RemoteDynamic _ -> Mode.R;
            case Dynamic _ -> Mode.D;
        };
    }
}
