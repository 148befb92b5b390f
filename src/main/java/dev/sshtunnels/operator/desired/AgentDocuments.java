package dev.sshtunnels.operator.desired;

import dev.sshtunnels.api.AgentSpec;
import dev.sshtunnels.api.ForwardSpec;
import dev.sshtunnels.api.Listen;
import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.ServerRef;
import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.api.SshTunnelSpec;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The documents that the agents read: the user's, in the user's grammar, with what only the cluster knows filled in
 * (agent ports, the addresses of Services) and what only the operator needs left out.
 */
public final class AgentDocuments {
    private final KubernetesSerialization yaml;

    public AgentDocuments(KubernetesSerialization yaml) {
        this.yaml = yaml;
    }

    /** The document of a server, for a generation that the agents report back. */
    public String server(SshServer server) {
        var document = new SshServer();
        document.setMetadata(metadata(server));
        document.setSpec(forAgents(server.getSpec()));
        return yaml.asYaml(document);
    }

    /**
     * Changes with what a session cannot change into while it runs: the login, the host keys, the way to the server.
     */
    String sessionHash(SshServer server) {
        var document = new SshServer();
        document.setSpec(forAgents(server.getSpec()));
        return Names.hash(yaml.asYaml(document));
    }

    /**
     * The document of a tunnel.
     *
     * @param forwards the tunnel's forwards with targets that an agent can dial
     * @param book ports of its L and D forwards; one without a port is left out
     */
    public String tunnel(SshTunnel tunnel, List<ForwardSpec> forwards, PortBook book) {
        var document = new SshTunnel();
        document.setMetadata(metadata(tunnel));
        document.setSpec(forAgents(tunnel, forwards, book));
        return yaml.asYaml(document);
    }

    private static SshServerSpec forAgents(SshServerSpec spec) {
        AgentSpec drain = spec.agent() == null || spec.agent().drainTimeout() == null
                ? null
                : new AgentSpec(null, spec.agent().drainTimeout(), null, null);
        return new SshServerSpec(
                spec.endpoints(),
                spec.endpointPolicy(),
                spec.user(),
                spec.auth(),
                spec.hostKeys(),
                spec.addressFamily(),
                spec.proxy(),
                spec.connectTimeout(),
                spec.keepAlive(),
                spec.reconnect(),
                spec.compression(),
                spec.rekey(),
                spec.algorithms(),
                drain,
                null,
                spec.jump(),
                null);
    }

    private static SshTunnelSpec forAgents(SshTunnel tunnel, List<ForwardSpec> forwards, PortBook book) {
        SshTunnelSpec spec = tunnel.getSpec();
        return new SshTunnelSpec(
                null,
                null,
                null,
                null,
                null,
                onAgents(tunnel, forwards, book),
                new ServerRef(tunnel.serverName(), null),
                null,
                null,
                spec.access(),
                spec.probe(),
                spec.forwardFailurePolicy(),
                spec.suspend(),
                null);
    }

    private static List<ForwardSpec> onAgents(SshTunnel tunnel, List<ForwardSpec> forwards, PortBook book) {
        var onAgents = new ArrayList<ForwardSpec>();
        for (ForwardSpec forward : forwards) {
            if (forward.mode() == Mode.R) {
                onAgents.add(forward);
                continue;
            }
            OptionalInt port = book.port(tunnel.getMetadata().getName(), forward.name());
            if (port.isPresent()) {
                onAgents.add(onAgentPort(forward, port.getAsInt()));
            }
        }
        return onAgents;
    }

    private static ForwardSpec onAgentPort(ForwardSpec forward, int port) {
        // The pod's own address space: the Service decides who gets here, and the agent port is never the user's.
        return new ForwardSpec(
                forward.name(), forward.mode(), new Listen("*", port), null, forward.target(), null, null);
    }

    /** The version that the agents report back: the uid too, since generations begin anew with each object of a name. */
    private static ObjectMeta metadata(HasMetadata object) {
        return new ObjectMetaBuilder()
                .withName(object.getMetadata().getName())
                .withNamespace(object.getMetadata().getNamespace())
                .withUid(object.getMetadata().getUid())
                .withGeneration(object.getMetadata().getGeneration())
                .build();
    }
}
