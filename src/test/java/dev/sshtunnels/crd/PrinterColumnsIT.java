package dev.sshtunnels.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.testing.Cluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code kubectl get} prints, from the table that a real API server makes of the printer columns. */
@ExtendWith(Cluster.class)
class PrinterColumnsIT {

    private static final int TERMINAL = 120;

    /** Between two columns: k8s.io/cli-runtime, printers/tabwriter.go. */
    private static final int PADDING = 3;

    /** As long as reasons get. */
    private static final String REASON = "RemotePortHeldByStaleSession";

    @Test
    void aLineOfATunnelFitsATerminalAndTellsTheReason(KubernetesClient cluster) throws Exception {
        Table table = table(cluster, "SshTunnel", "sshtunnels", "publish-orders-to-partner", """
                mode: R
                listen: {port: 18080}
                target: {host: orders.shop.svc, port: 8080}
                serverRef: {name: bastion}
                """, """
                summary: R localhost:18080 -> orders.shop.svc:8080
                endpoint: {host: h, port: 1, uri: "tcp://publish-orders-to-partner.shop.svc:18080"}
                """);

        assertThat(table.columns()).containsExactly("Name", "Ready", "Reason", "Forward", "Age");
        assertThat(table.row()).contains("False", REASON, "R localhost:18080 -> orders.shop.svc:8080");
        assertThat(table.width()).isLessThanOrEqualTo(TERMINAL);
    }

    @Test
    void aLineOfAServerFitsATerminalAndTellsTheReason(KubernetesClient cluster) throws Exception {
        Table table = table(cluster, "SshServer", "sshservers", "bastion-frankfurt", """
                endpoints: [{host: bastion-frankfurt.corp.example}]
                user: tunnel
                auth: {privateKeySecretRef: {name: key}}
                hostKeys: {fingerprints: ["SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"]}
                """, """
                activeEndpoint: bastion-frankfurt.corp.example:22
                tunnels: 1000
                """);

        assertThat(table.columns()).containsExactly("Name", "Ready", "Reason", "Endpoint", "Tunnels", "Age");
        assertThat(table.row()).contains("False", REASON, "bastion-frankfurt.corp.example:22");
        assertThat(table.width()).isLessThanOrEqualTo(TERMINAL);
    }

    /** The columns that are printed without {@code -o wide}, and the only row. */
    private record Table(List<String> columns, List<String> row) {

        int width() {
            int cells = IntStream.range(0, columns.size())
                    .map(column -> Math.max(
                            columns.get(column).length(), row.get(column).length()))
                    .sum();
            return cells + PADDING * (columns.size() - 1);
        }
    }

    private static Table table(
            KubernetesClient cluster, String kind, String plural, String name, String spec, String status)
            throws Exception {
        String namespace = "columns-" + UUID.randomUUID().toString().substring(0, 5);
        cluster.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        try {
            String header = "apiVersion: sshtunnels.dev/v1alpha1\nkind: " + kind + "\nmetadata: {name: " + name
                    + ", namespace: " + namespace + "}\n";
            GenericKubernetesResource made =
                    cluster.resource(read(header + "spec:\n" + spec.indent(2))).create();
            made.setAdditionalProperty("status", Serialization.unmarshal(status + condition(), Map.class));
            cluster.resource(made).updateStatus();
            return ask(cluster, namespace, plural);
        } finally {
            cluster.namespaces().withName(namespace).delete();
        }
    }

    private static GenericKubernetesResource read(String yaml) {
        return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    }

    private static String condition() {
        return """
                conditions:
                  - {type: Ready, status: "False", reason: %s, message: m, lastTransitionTime: "2026-03-01T10:00:00Z"}
                """.formatted(REASON);
    }

    @SuppressWarnings("unchecked")
    private static Table ask(KubernetesClient cluster, String namespace, String plural) throws Exception {
        String url = cluster.getMasterUrl() + "apis/sshtunnels.dev/v1alpha1/namespaces/" + namespace + "/" + plural;
        var http = cluster.getHttpClient();
        var request = http.newHttpRequestBuilder()
                .url(new java.net.URI(url).toURL())
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .build();
        String body = http.sendAsync(request, String.class).get().body();
        Map<String, Object> table = Serialization.unmarshal(body, Map.class);
        var definitions = (List<Map<String, Object>>) table.get("columnDefinitions");
        var rows = (List<Map<String, Object>>) table.get("rows");
        var cells = (List<Object>) rows.getFirst().get("cells");
        List<String> columns = new ArrayList<>();
        List<String> row = new ArrayList<>();
        for (int column = 0; column < definitions.size(); column++) {
            if (((Number) definitions.get(column).get("priority")).intValue() == 0) {
                columns.add((String) definitions.get(column).get("name"));
                row.add(String.valueOf(cells.get(column)));
            }
        }
        return new Table(columns, row);
    }
}
