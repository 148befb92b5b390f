package dev.sshtunnels.operator.desired;

import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/** The server that a tunnel brings with it, as an SshServer of the same name: one code path for both ways to write it. */
public final class InlineServer {

    private InlineServer() {}

    public static SshServer of(SshTunnel tunnel) {
        var server = new SshServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withName(tunnel.getMetadata().getName())
                .withNamespace(tunnel.getMetadata().getNamespace())
                .withLabels(Labels.ofTunnel(tunnel))
                .withOwnerReferences(Owner.reference(tunnel))
                .build());
        server.setSpec(tunnel.getSpec().server());
        return server;
    }
}
