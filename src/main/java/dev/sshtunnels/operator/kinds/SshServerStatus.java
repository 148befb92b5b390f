package dev.sshtunnels.operator.kinds;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** The server as its agents see it. Nothing in it moves with traffic, so that an idle server is never written. */
public record SshServerStatus(
        Long observedGeneration,
        String activeEndpoint,
        String serverVersion,
        String hostKeyFingerprint,
        String kex,
        String cipher,
        Integer replicas,
        Integer readyReplicas,
        Integer tunnels,
        List<Condition> conditions) {

    public SshServerStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
