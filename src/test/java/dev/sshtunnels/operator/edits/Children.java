package dev.sshtunnels.operator.edits;

import dev.sshtunnels.operator.desired.AgentConfigMap;
import dev.sshtunnels.operator.desired.AgentDeployment;
import dev.sshtunnels.operator.desired.AgentImage;
import dev.sshtunnels.operator.desired.InlineServer;
import dev.sshtunnels.operator.desired.TunnelServices;
import dev.sshtunnels.operator.kinds.KindsSerialization;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.operator.resolve.Rules;
import dev.sshtunnels.operator.resolve.ServerPlan;
import dev.sshtunnels.operator.resolve.ServerPlanner;
import dev.sshtunnels.operator.resolve.TunnelPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator makes of a server with one tunnel.
 *
 * @param rejected whether the spec that was edited is not accepted
 * @param documents what the agents read
 * @param deployment their Deployment
 * @param services the tunnel's
 */
record Children(boolean rejected, AgentConfigMap documents, Deployment deployment, List<Service> services) {

    private static final KubernetesSerialization YAML = KindsSerialization.create();
    private static final AgentImage IMAGE = new AgentImage("registry.example/agent:1", "IfNotPresent");
    private static final String TUNNEL = "tunnel";

    /** The children of new objects. */
    static Children ofNew(Edit edit) {
        return of(edit, edit.before(), 1, AgentConfigMap.read(Map.of()), Optional.empty());
    }

    /** The children after the edit. */
    Children after(Edit edit) {
        return of(edit, edit.after(), 2, documents, Optional.of(deployment));
    }

    private static Children of(
            Edit edit,
            Map<String, Object> spec,
            long generation,
            AgentConfigMap current,
            Optional<Deployment> existing) {
        boolean edited = edit.kind().equals("SshServer");
        SshTunnel tunnel = edited ? anyTunnel() : read(edit.manifest(TUNNEL, spec), SshTunnel.class, generation);
        SshServer server = edited ? read(edit.manifest("bastion", spec), SshServer.class, generation) : server(tunnel);
        boolean carried = tunnel.bringsServer()
                || tunnel.serverName().equals(server.getMetadata().getName());
        ServerPlan plan = new ServerPlanner(YAML)
                .plan(
                        server,
                        Rules.server(server.getSpec()),
                        carried ? List.of(tunnel) : List.of(),
                        current,
                        Children::service);
        Optional<TunnelPlan> tunnelPlan = Optional.ofNullable(plan.tunnels().get(TUNNEL));
        boolean rejected = plan.rejected().isPresent()
                || tunnelPlan.flatMap(TunnelPlan::rejected).isPresent();
        if (rejected) {
            return new Children(true, plan.documents().orElseThrow(), existing.orElseThrow(), List.of());
        }
        return new Children(
                false,
                plan.documents().orElseThrow(),
                new AgentDeployment(IMAGE, YAML).of(server, plan.secrets(), existing),
                tunnelPlan
                        .map(planned -> TunnelServices.of(tunnel, server, planned.ports()))
                        .orElse(List.of()));
    }

    /** What the tunnel's document says beside the generation, null when there is none. */
    String tunnelDocument() {
        String text = documents.data().get("tunnel-" + TUNNEL + ".yaml");
        return text == null ? null : text.replaceAll("(?m)^ *generation: .*\\R", "");
    }

    private static SshTunnel anyTunnel() {
        return read("""
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: tunnel}
                spec: {serverRef: {name: bastion}, mode: L, target: {host: db.corp, port: 5432}}
                """, SshTunnel.class, 1);
    }

    private static SshServer server(SshTunnel tunnel) {
        if (tunnel.bringsServer()) {
            SshServer server = InlineServer.of(tunnel);
            server.getMetadata().setUid("server");
            server.getMetadata().setGeneration(tunnel.getMetadata().getGeneration());
            return server;
        }
        return read("""
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshServer
                metadata: {name: bastion}
                spec: {endpoints: [{host: bastion.corp}], user: tunnel, auth: {privateKeySecretRef: {name: bastion-key}}}
                """, SshServer.class, 1);
    }

    private static <T extends HasMetadata> T read(String manifest, Class<T> type, long generation) {
        T object = YAML.unmarshal(manifest, type);
        object.getMetadata().setUid(type.getSimpleName());
        object.getMetadata().setNamespace("shop");
        object.getMetadata().setGeneration(generation);
        return object;
    }

    /** Every Service that a target names is there, with two ports. */
    private static Optional<Service> service(String name) {
        return Optional.of(new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .addNewPort()
                .withPort(81)
                .endPort()
                .endSpec()
                .build());
    }
}
