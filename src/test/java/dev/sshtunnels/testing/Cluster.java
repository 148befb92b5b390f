package dev.sshtunnels.testing;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real Kubernetes that has the CRDs of {@code crds/}, one for the whole run. It is the one that
 * KUBECONFIG names; else K3s, where a Docker engine answers; else the one that {@code dev/cluster} builds.
 */
public final class Cluster implements ParameterResolver {

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(Cluster.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KubernetesClient.class;
    }

    /** Ends the test as skipped, with the reason, when this machine can have no cluster; fails it when CI is true. */
    @Override
    public KubernetesClient resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(STORE)
                .computeIfAbsent(Running.class, _ -> start(), Running.class)
                .client();
    }

    private static Running start() {
        KubernetesSource source = KubernetesSource.choose();
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(source.kubeconfig()))
                .build();
        definitions().forEach(definition -> apply(client, definition));
        return new Running(source, client);
    }

    private static void apply(KubernetesClient client, Path definition) {
        GenericKubernetesResource wanted = Serialization.unmarshal(read(definition), GenericKubernetesResource.class);
        client.resource(wanted).fieldManager("tests").forceConflicts().serverSideApply();
        client.resources(CustomResourceDefinition.class)
                .withName(wanted.getMetadata().getName())
                .waitUntilCondition(Cluster::isEstablished, 30, TimeUnit.SECONDS);
    }

    /** A definition that was made a moment ago has a status whose conditions are written as null. */
    private static boolean isEstablished(CustomResourceDefinition definition) {
        return Stream.ofNullable(definition)
                .map(CustomResourceDefinition::getStatus)
                .filter(Objects::nonNull)
                .map(CustomResourceDefinitionStatus::getConditions)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .anyMatch(condition -> condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
    }

    private static List<Path> definitions() {
        try (Stream<Path> files = Files.list(Path.of("crds"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is ended with the run: the client, and a cluster that was started only for it. */
    private record Running(KubernetesSource source, KubernetesClient client) implements AutoCloseable {

        @Override
        public void close() {
            client.close();
            source.close();
        }
    }
}
