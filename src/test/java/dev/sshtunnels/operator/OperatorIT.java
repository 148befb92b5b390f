package dev.sshtunnels.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.operator.desired.AgentImage;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.testing.Cluster;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The operator against a real API server, in this process. The agents' pods are admitted, under Pod Security
 * "restricted", and fit no node: what agents do is not the matter here.
 */
@ExtendWith(Cluster.class)
@TestInstance(Lifecycle.PER_CLASS)
class OperatorIT {
    private static final AgentImage IMAGE =
            new AgentImage("docker.io/sshtunnels/ssh-tunnel-operator:0.1.0", "IfNotPresent");

    private Workspace workspace;
    private OperatorProcess operator;

    @BeforeAll
    void startOperator(KubernetesClient cluster) throws Exception {
        workspace = Workspace.create(cluster, "operator-it");
        var settings = new OperatorSettings(
                IMAGE,
                Set.of(workspace.namespace()),
                Optional.empty(),
                new InetSocketAddress("127.0.0.1", 0),
                OperatorSettings.FIELD_MANAGER);
        operator = OperatorProcess.run(settings, cluster.getConfiguration());
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

    @Test
    void aServerAndATunnelGetTheirChildren() {
        workspace.apply(server("bastion"), tunnel("orders-db", "bastion", 5432));

        Deployment deployment = workspace.await(Deployment.class, "bastion-ssh");
        assertThat(deployment.getSpec().getTemplate().getSpec().getAutomountServiceAccountToken())
                .isFalse();
        Service service = workspace.await(Service.class, "orders-db");
        var port = service.getSpec().getPorts().getFirst();
        assertThat(port.getPort()).isEqualTo(5432);
        String document =
                workspace.get(ConfigMap.class, "bastion-ssh").getData().get("tunnel-orders-db.yaml");
        assertThat(document).contains("port: " + port.getTargetPort().getIntVal());
        assertThat(service.getSpec().getSelector())
                .isEqualTo(deployment.getSpec().getSelector().getMatchLabels());
        await().untilAsserted(() -> {
            SshTunnel tunnel = workspace.get(SshTunnel.class, "orders-db");
            assertThat(tunnel.getStatus()).isNotNull();
            assertThat(tunnel.getStatus().summary()).isEqualTo("L *:5432 -> db.corp.internal:5432");
            assertThat(tunnel.getStatus().endpoint().uri())
                    .isEqualTo("tcp://orders-db." + workspace.namespace() + ".svc:5432");
            assertThat(condition(tunnel, "Accepted").getStatus()).isEqualTo("True");
            assertThat(condition(tunnel, "Ready").getStatus()).isEqualTo("False");
        });
    }

    @Test
    void aTunnelWithItsOwnServerGetsOneThatItOwns() {
        workspace.apply("""
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: solo}
                spec:
                  mode: D
                  server:
                    endpoints: [{host: 192.0.2.1}]
                    user: tunnel
                    auth: {privateKeySecretRef: {name: key}}
                    hostKeys: {fingerprints: ["SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"]}
                """);

        await().untilAsserted(() -> {
            SshServer server = workspace.get(SshServer.class, "solo");

            assertThat(server.getMetadata().getOwnerReferences().getFirst().getUid())
                    .isEqualTo(
                            workspace.get(SshTunnel.class, "solo").getMetadata().getUid());
            assertThat(workspace
                            .get(Service.class, "solo")
                            .getSpec()
                            .getPorts()
                            .getFirst()
                            .getPort())
                    .isEqualTo(1080);
        });
    }

    @Test
    void aForeignServiceOfTheSameNameIsLeftAlone() {
        workspace.apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: taken}
                spec: {ports: [{port: 80}], selector: {app: somebody-else}}
                """);
        String version = version(Service.class, "taken");

        workspace.apply(server("quiet"), tunnel("taken", "quiet", 5432));

        await().untilAsserted(() -> {
            Condition accepted = condition(workspace.get(SshTunnel.class, "taken"), "Accepted");
            assertThat(accepted.getReason()).isEqualTo("ServiceNameTaken");
            assertThat(accepted.getMessage()).contains("Service taken exists already");
        });
        workspace.delete(SshTunnel.class, "taken");
        await().untilAsserted(() -> workspace.isGone(SshTunnel.class, "taken"));
        assertThat(version(Service.class, "taken")).isEqualTo(version);
    }

    @Test
    void anEditThatIsNotAcceptedKeepsTheLastGoodVersionRunning() {
        workspace.apply(server("steady"), tunnel("kept", "steady", 5432));
        await().untilAsserted(() -> workspace.get(Service.class, "kept"));
        Map<String, String> before =
                workspace.get(ConfigMap.class, "steady-ssh").getData();
        String service = version(Service.class, "kept");

        workspace.apply(tunnel("kept", "steady", 6543) + "  expireAt: \"2030-01-01T00:00:00Z\"\n");

        await().untilAsserted(() -> {
            Condition accepted = condition(workspace.get(SshTunnel.class, "kept"), "Accepted");
            assertThat(accepted.getReason()).isEqualTo("NotSupportedYet");
            assertThat(accepted.getMessage()).contains("spec.expireAt", "generation 1", "keeps running");
        });
        assertThat(workspace.get(ConfigMap.class, "steady-ssh").getData()).isEqualTo(before);
        assertThat(version(Service.class, "kept")).isEqualTo(service);
    }

    @Test
    void reconcilingAgainWritesNothing() {
        workspace.apply(server("idle"), tunnel("silent", "idle", 5432));
        await().untilAsserted(() -> {
            String workload = condition(workspace.get(SshServer.class, "idle"), "WorkloadAvailable")
                    .getMessage();
            assertThat(workload).contains("Unschedulable");
            // The tunnel's status follows its server's; only then is there nothing left to write.
            assertThat(condition(workspace.get(SshTunnel.class, "silent"), "WorkloadAvailable")
                            .getMessage())
                    .isEqualTo(workload);
        });
        List<String> before = settledVersions();

        for (int round = 1; round <= 3; round++) {
            // Reconciles both kinds, and shows that it has happened.
            workspace.apply(targetService("probe-" + round, 80), remote("probe-" + round, "idle", 9000 + round));
            String name = "probe-" + round;
            await().untilAsserted(() -> assertThat(documents("idle")).contains("tunnel-" + name + ".yaml"));
        }

        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void deletingTheOwnersRemovesTheChildren() {
        workspace.apply(server("doomed"), tunnel("gone", "doomed", 5432));
        await().untilAsserted(() -> workspace.get(Service.class, "gone"));

        workspace.delete(SshTunnel.class, "gone");
        await().untilAsserted(() -> {
            workspace.isGone(Service.class, "gone");
            assertThat(workspace.get(ConfigMap.class, "doomed-ssh").getData()).doesNotContainKey("tunnel-gone.yaml");
        });
        workspace.delete(SshServer.class, "doomed");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            workspace.isGone(Deployment.class, "doomed-ssh");
            workspace.isGone(ConfigMap.class, "doomed-ssh");
        });
    }

    @Test
    void aDeletedOrEditedChildIsRestored() {
        workspace.apply(server("guarded"), tunnel("restored", "guarded", 5432));
        workspace.await(Service.class, "restored");

        workspace.delete(Service.class, "restored");
        workspace.await(Service.class, "restored");
        workspace.edit(
                Deployment.class,
                "guarded-ssh",
                deployment -> deployment.getSpec().setReplicas(0));
        await().untilAsserted(() -> assertThat(
                        workspace.get(Deployment.class, "guarded-ssh").getSpec().getReplicas())
                .isEqualTo(1));
    }

    @Test
    void aTunnelThatMovesToAnotherServerLeavesTheFirst() {
        workspace.apply(server("first"), server("second"), tunnel("mover", "first", 5432));
        await().untilAsserted(() -> assertThat(documents("first")).contains("tunnel-mover.yaml"));

        workspace.apply(tunnel("mover", "second", 5432));

        await().untilAsserted(() -> {
            assertThat(documents("first")).doesNotContain("tunnel-mover.yaml");
            assertThat(documents("second")).contains("tunnel-mover.yaml");
            assertThat(workspace.get(Service.class, "mover").getSpec().getSelector())
                    .containsEntry("sshtunnels.dev/server", "second");
        });
    }

    @Test
    void aNamedPortOfATargetServiceIsFollowed() {
        workspace.apply(server("publisher"), targetService("web", 80), remote("web", "publisher", 8080));
        await().untilAsserted(() -> assertThat(document("publisher", "web"))
                .contains("host: \"web." + workspace.namespace() + ".svc\"", "port: 80\n"));

        workspace.apply(targetService("web", 81));
        await().untilAsserted(() -> assertThat(document("publisher", "web")).contains("port: 81\n"));
        workspace.delete(Service.class, "web");
        await().untilAsserted(() -> assertThat(condition(workspace.get(SshTunnel.class, "web"), "ResolvedRefs")
                        .getReason())
                .isEqualTo("ServiceNotFound"));
    }

    @Test
    void healthAndMetricsAreServed() throws Exception {
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").body()).contains("operator_sdk_reconciliations");
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + operator.management().getPort() + path);
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }

    private static String targetService(String name, int port) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %s}
                spec: {ports: [{name: http, port: %d}], selector: {app: web}}
                """.formatted(name, port);
    }

    private static String remote(String service, String server, int port) {
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

    private Set<String> documents(String server) {
        return workspace.get(ConfigMap.class, server + "-ssh").getData().keySet();
    }

    private String document(String server, String tunnel) {
        return workspace.get(ConfigMap.class, server + "-ssh").getData().get("tunnel-" + tunnel + ".yaml");
    }

    /** The status may be written once more for each kind that reports; the picture is taken when that has ended. */
    private List<String> settledVersions() {
        AtomicReference<List<String>> last = new AtomicReference<>(List.of());
        await().during(Duration.ofSeconds(2)).until(() -> {
            List<String> now = versions();
            return now.equals(last.getAndSet(now));
        });
        return last.get();
    }

    /** Of everything that another tunnel on the same server is not to change. */
    private List<String> versions() {
        Deployment deployment = workspace.get(Deployment.class, "idle-ssh");
        return List.of(
                version(Service.class, "silent"),
                version(SshTunnel.class, "silent"),
                deployment.getMetadata().getGeneration().toString(),
                document("idle", "silent"));
    }

    private <T extends HasMetadata> String version(Class<T> type, String name) {
        return workspace.get(type, name).getMetadata().getResourceVersion();
    }

    private static Condition condition(SshServer server, String type) {
        assertThat(server.getStatus()).isNotNull();
        return condition(server.getStatus().conditions(), type);
    }

    private static Condition condition(SshTunnel tunnel, String type) {
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

    private static String server(String name) {
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

    private static String tunnel(String name, String server, int port) {
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
