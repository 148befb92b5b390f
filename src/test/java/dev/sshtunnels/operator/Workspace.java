package dev.sshtunnels.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.operator.kinds.KindsSerialization;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** A namespace of its own under Pod Security "restricted", as an administrator sees it. */
final class Workspace implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final String namespace;

    private Workspace(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    static Workspace create(KubernetesClient cluster, String purpose) {
        var client = new KubernetesClientBuilder()
                .withConfig(cluster.getConfiguration())
                .withKubernetesSerialization(KindsSerialization.create())
                .build();
        String name = purpose + "-" + UUID.randomUUID().toString().substring(0, 5);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
        return new Workspace(client, name);
    }

    String namespace() {
        return namespace;
    }

    void apply(String... manifests) {
        for (String manifest : manifests) {
            client.load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                    .inNamespace(namespace)
                    .forceConflicts()
                    .serverSideApply();
        }
    }

    /** Fails when the API server would not take it. */
    void tryOut(String manifest) {
        client.load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .dryRun()
                .create();
    }

    /** Fails when there is none. */
    <T extends HasMetadata> T get(Class<T> type, String name) {
        T object = find(type, name);
        assertThat(object).as("%s %s", type.getSimpleName(), name).isNotNull();
        return object;
    }

    /** Waits until there is one. */
    <T extends HasMetadata> T await(Class<T> type, String name) {
        return Awaitility.await()
                .alias(type.getSimpleName() + " " + name)
                .atMost(PATIENCE)
                .until(() -> find(type, name), Objects::nonNull);
    }

    /** Fails when there is one. */
    <T extends HasMetadata> void isGone(Class<T> type, String name) {
        assertThat(find(type, name)).as("%s %s", type.getSimpleName(), name).isNull();
    }

    <T extends HasMetadata> T find(Class<T> type, String name) {
        return client.resources(type).inNamespace(namespace).withName(name).get();
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return client.resources(type).inNamespace(namespace).list().getItems();
    }

    /** The port of a Service, of its first if it has several. */
    int port(String service) {
        return get(Service.class, service).getSpec().getPorts().getFirst().getPort();
    }

    /** Changes an object as it is then, again when somebody else was quicker. */
    <T extends HasMetadata> void edit(Class<T> type, String name, Consumer<T> change) {
        Awaitility.await().pollDelay(Duration.ZERO).until(() -> isEdited(type, name, change));
    }

    /** Changes the status of an object, as somebody else who may. */
    <T extends HasMetadata> void editStatus(Class<T> type, String name, UnaryOperator<T> change) {
        client.resources(type).inNamespace(namespace).withName(name).editStatus(change);
    }

    private <T extends HasMetadata> boolean isEdited(Class<T> type, String name, Consumer<T> change) {
        try {
            client.resources(type).inNamespace(namespace).withName(name).edit(object -> {
                change.accept(object);
                return object;
            });
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    <T extends HasMetadata> void delete(Class<T> type, String name) {
        client.resources(type).inNamespace(namespace).withName(name).delete();
    }

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }
}
