package dev.sshtunnels.api;

import java.util.List;
import java.util.Map;

/** The NetworkPolicy that would guard a tunnel. */
public record NetworkPolicySpec(Boolean enabled, List<Map<String, Object>> from) {
    public NetworkPolicySpec {
        from = from == null ? List.of() : List.copyOf(from);
    }
}
