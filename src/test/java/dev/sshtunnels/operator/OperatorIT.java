package dev.sshtunnels.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of servers and tunnels, and what is left alone. */
class OperatorIT extends OperatorScenario {

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
            assertThat(workspace.port("solo")).isEqualTo(1080);
        });
        assertThat(workspace.all(Event.class))
                .filteredOn(event -> event.getRegarding().getName().equals("solo"))
                .as("what is told of a server that is just being made")
                .noneMatch(event -> event.getReason().equals("ServerNotFound"));
    }

    @Test
    void aStatusThatIsNotTrueIsPutRight() {
        workspace.apply(server("honest"));
        await().untilAsserted(this::isHonest);

        workspace.editStatus(SshServer.class, "honest", server -> {
            server.getStatus().conditions().forEach(condition -> condition.setStatus("True"));
            return server;
        });

        await().untilAsserted(this::isHonest);
    }

    private void isHonest() {
        assertThat(condition(workspace.get(SshServer.class, "honest"), "Ready"))
                .returns("False", Condition::getStatus)
                .returns("Unschedulable", Condition::getReason);
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

    @Test
    void objectsAreCountedByWhatTheirConditionReadySays() throws Exception {
        workspace.apply(server("counted"), tunnel("waiting", "counted", 5432), tunnel("lost", "no-such", 5432));

        await().untilAsserted(() -> assertThat(counted())
                .isEqualTo(expectedCounts())
                .containsKey("{kind=\"SshTunnel\",ready=\"False\",reason=\"ServerNotFound\"}"));

        workspace.delete(SshTunnel.class, "lost");
        await().untilAsserted(() -> {
            workspace.isGone(SshTunnel.class, "lost");
            assertThat(counted()).isEqualTo(expectedCounts());
        });
    }

    private Map<String, Long> counted() throws Exception {
        String metric = "sshtunnel_resources";
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(metric + "{"))
                .map(line -> line.substring(metric.length()).split(" "))
                .collect(Collectors.toMap(line -> line[0], line -> (long) Double.parseDouble(line[1])));
    }

    private Map<String, Long> expectedCounts() {
        Stream<String> servers =
                workspace.all(SshServer.class).stream().map(server -> labels("SshServer", condition(server, "Ready")));
        Stream<String> tunnels =
                workspace.all(SshTunnel.class).stream().map(tunnel -> labels("SshTunnel", condition(tunnel, "Ready")));
        return Stream.concat(servers, tunnels)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static String labels(String kind, Condition ready) {
        return "{kind=\"%s\",ready=\"%s\",reason=\"%s\"}".formatted(kind, ready.getStatus(), ready.getReason());
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + operator.management().getPort() + path);
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }
}
