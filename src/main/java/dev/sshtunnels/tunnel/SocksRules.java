package dev.sshtunnels.tunnel;

import java.util.List;
import java.util.Optional;

/**
 * Who may use a SOCKS listener and for what: {@code access.socks}.
 *
 * @param credentials what clients must give; empty when none are asked for
 * @param allow destinations that may be reached; empty for all
 */
public record SocksRules(Optional<SocksCredentials> credentials, List<AllowedDestination> allow) {

    /** No {@code access.socks} was given: everybody who may connect may reach every destination. */
    public static final SocksRules OPEN = new SocksRules(Optional.empty(), List.of());

    public SocksRules {
        allow = List.copyOf(allow);
    }

    /** Whether a destination may be reached. */
    public boolean permits(RequestedHost host, int port) {
        return allow.isEmpty() || allow.stream().anyMatch(destination -> destination.matches(host, port));
    }
}
