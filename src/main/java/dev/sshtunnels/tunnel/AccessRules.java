package dev.sshtunnels.tunnel;

import dev.sshtunnels.api.Access;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * Who may use the L and D listeners of a tunnel, with everything decided.
 *
 * @param sourceRanges addresses of clients that are let in; empty for all
 * @param maxConnections bound on the open connections of all clients
 * @param maxConnectionsPerSource bound on the open connections of one client address
 * @param idleTimeout time without a byte in either direction that ends a connection; zero for never
 * @param socks what clients of D may do beyond that
 */
public record AccessRules(
        List<IpRange> sourceRanges,
        int maxConnections,
        int maxConnectionsPerSource,
        Duration idleTimeout,
        SocksPolicy socks) {

    /** Everybody may do everything. */
    public static final AccessRules OPEN = of(null, new SocksPolicy.Serve(SocksRules.OPEN));

    public AccessRules {
        sourceRanges = List.copyOf(sourceRanges);
    }

    /**
     * The rules of a tunnel.
     *
     * @param access {@code spec.access}, null for none
     * @param socks what {@code access.socks} means once its Secret has been read
     */
    public static AccessRules of(Access access, SocksPolicy socks) {
        if (access == null) {
            return new AccessRules(List.of(), Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ZERO, socks);
        }
        return new AccessRules(
                access.sourceRanges().stream().map(IpRange::parse).toList(),
                limit(access.maxConnections()),
                limit(access.maxConnectionsPerSource()),
                Durations.parse(access.idleTimeout(), Duration.ZERO),
                socks);
    }

    /** Whether a client of this address may come in at all. */
    public boolean allows(InetAddress source) {
        for (IpRange range : sourceRanges) {
            if (range.contains(source)) {
                return true;
            }
        }
        return sourceRanges.isEmpty();
    }

    private static int limit(Integer given) {
        return given == null ? Integer.MAX_VALUE : given;
    }
}
