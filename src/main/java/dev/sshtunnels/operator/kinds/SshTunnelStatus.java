package dev.sshtunnels.operator.kinds;

import dev.sshtunnels.api.ForwardStatus;
import dev.sshtunnels.api.TunnelEndpoint;
import dev.sshtunnels.api.TunnelServerStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What became of a tunnel. Nothing in it moves with traffic, so that an idle tunnel is never written. */
public record SshTunnelStatus(
        Long observedGeneration,
        String summary,
        TunnelEndpoint endpoint,
        String serviceName,
        Integer replicas,
        Integer readyReplicas,
        TunnelServerStatus server,
        List<ForwardStatus> forwards,
        List<Condition> conditions) {

    public SshTunnelStatus {
        forwards = forwards == null ? List.of() : List.copyOf(forwards);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
