package dev.sshtunnels.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.operator.desired.AgentImage;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.testing.Cluster;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The operator against a real API server, in this process. The agents' pods are admitted, under Pod Security
 * "restricted", and never run: what agents do is not the matter here.
 */
@ExtendWith(Cluster.class)
@TestInstance(Lifecycle.PER_CLASS)
abstract class OperatorScenario {
    private static final AgentImage IMAGE = new AgentImage("docker.io/sshtunnels/no-such-image:0", "Never");

    Workspace workspace;
    OperatorProcess operator;
    private KubernetesClient cluster;

    @BeforeAll
    void startOperator(KubernetesClient cluster) throws Exception {
        workspace = Workspace.create(cluster, getClass().getSimpleName().toLowerCase(Locale.ROOT));
        this.cluster = cluster;
        operator = run();
    }

    /** Ends the operator and starts another. */
    void restartOperator() throws IOException {
        restartOperator(() -> {});
    }

    /** @param meanwhile what is done while there is none */
    void restartOperator(Runnable meanwhile) throws IOException {
        operator.close();
        meanwhile.run();
        operator = run();
    }

    private OperatorProcess run() throws IOException {
        var settings = new OperatorSettings(
                IMAGE,
                Set.of(workspace.namespace()),
                Optional.empty(),
                new InetSocketAddress("127.0.0.1", 0),
                OperatorSettings.FIELD_MANAGER);
        return OperatorProcess.run(settings, cluster.getConfiguration());
    }

    @AfterAll
    void stop() {
        if (operator != null) {
            operator.close();
        }
        if (workspace != null) {
            workspace.close();
        }
    }

    static String targetService(String name, int port) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %s}
                spec: {ports: [{name: http, port: %d}], selector: {app: web}}
                """.formatted(name, port);
    }

    static String remote(String service, String server, int port) {
        return """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: %s}
                spec:
                  mode: R
                  listen: {port: %d}
                  target: {serviceRef: {name: %s, port: http}}
                  serverRef: {name: %s}
                """.formatted(service, port, service, server);
    }

    Set<String> documents(String server) {
        return workspace.get(ConfigMap.class, server + "-ssh").getData().keySet();
    }

    String document(String server, String tunnel) {
        return workspace.get(ConfigMap.class, server + "-ssh").getData().get("tunnel-" + tunnel + ".yaml");
    }

    <T extends HasMetadata> String version(Class<T> type, String name) {
        return workspace.get(type, name).getMetadata().getResourceVersion();
    }

    static Condition condition(SshServer server, String type) {
        assertThat(server.getStatus()).isNotNull();
        return condition(server.getStatus().conditions(), type);
    }

    static Condition condition(SshTunnel tunnel, String type) {
        assertThat(tunnel.getStatus()).isNotNull();
        return condition(tunnel.getStatus().conditions(), type);
    }

    private static Condition condition(List<Condition> conditions, String type) {
        List<Condition> found = conditions.stream()
                .filter(condition -> condition.getType().equals(type))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    static String server(String name) {
        return """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshServer
                metadata: {name: %s}
                spec:
                  endpoints: [{host: 192.0.2.1}]
                  user: tunnel
                  auth: {privateKeySecretRef: {name: key}}
                  hostKeys: {fingerprints: ["SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"]}
                  agent: {template: {nodeSelector: {sshtunnels.dev/no-such: node}}}
                """.formatted(name);
    }

    static String tunnel(String name, String server, int port) {
        return """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: %s}
                spec:
                  mode: L
                  listen: {port: %d}
                  target: {host: db.corp.internal, port: 5432}
                  serverRef: {name: %s}
                """.formatted(name, port, server);
    }
}
