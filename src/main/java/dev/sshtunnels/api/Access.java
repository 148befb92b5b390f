package dev.sshtunnels.api;

import java.util.List;

/** Who may use the listeners of a tunnel. */
public record Access(
        List<String> sourceRanges,
        Integer maxConnections,
        Integer maxConnectionsPerSource,
        String idleTimeout,
        NetworkPolicySpec networkPolicy,
        SocksAccess socks,
        Boolean auditLog) {
    public Access {
        sourceRanges = sourceRanges == null ? List.of() : List.copyOf(sourceRanges);
    }
}
