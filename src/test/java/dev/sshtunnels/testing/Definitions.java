package dev.sshtunnels.testing;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The CRDs of {@code crds/} in a cluster. */
public final class Definitions {

    private Definitions() {}

    /** Makes or updates them, and waits until objects of the kinds are taken. */
    public static void install(KubernetesClient client) {
        for (GenericKubernetesResource definition : all()) {
            client.resource(definition).fieldManager("tests").forceConflicts().serverSideApply();
        }
        for (GenericKubernetesResource definition : all()) {
            client.resources(CustomResourceDefinition.class)
                    .withName(definition.getMetadata().getName())
                    .waitUntilCondition(Definitions::isEstablished, 30, TimeUnit.SECONDS);
        }
    }

    /**
     * Of a cluster that others may use, too.
     *
     * @throws IllegalStateException when it has objects of the kinds: tests remove the kinds, and those with them
     */
    static void requireUnused(KubernetesClient client) {
        List<String> objects = all().stream()
                .flatMap(definition -> objects(client, definition))
                .toList();
        if (!objects.isEmpty()) {
            throw new IllegalStateException(
                    "the cluster of KUBECONFIG has objects of this operator's kinds, which these"
                            + " tests would delete: " + String.join(", ", objects)
                            + "; take a cluster without, or unset KUBECONFIG");
        }
    }

    /** Namespace and name of each; none when there is no such kind. */
    private static Stream<String> objects(KubernetesClient client, GenericKubernetesResource definition) {
        CustomResourceDefinition kind = client.resources(CustomResourceDefinition.class)
                .withName(definition.getMetadata().getName())
                .get();
        return kind == null
                ? Stream.of()
                : client
                        .genericKubernetesResources(CustomResourceDefinitionContext.fromCrd(kind))
                        .inAnyNamespace()
                        .list()
                        .getItems()
                        .stream()
                        .map(GenericKubernetesResource::getMetadata)
                        .map(metadata -> metadata.getNamespace() + "/" + metadata.getName());
    }

    /** Removes them, and with them every object of the kinds, of whomever; waits until they are gone. */
    public static void remove(KubernetesClient client) {
        all().forEach(definition -> client.resource(definition).delete());
        for (GenericKubernetesResource definition : all()) {
            client.resources(CustomResourceDefinition.class)
                    .withName(definition.getMetadata().getName())
                    .waitUntilCondition(Objects::isNull, 30, TimeUnit.SECONDS);
        }
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

    private static List<GenericKubernetesResource> all() {
        try (Stream<Path> files = Files.list(Path.of("crds"))) {
            return files.sorted().map(Definitions::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GenericKubernetesResource read(Path file) {
        try {
            return Serialization.unmarshal(Files.readString(file), GenericKubernetesResource.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
