package dev.sshtunnels.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Where a Kubernetes comes from.
 *
 * @param kubeconfig its kubeconfig, as YAML
 * @param isOfTheUser whether others may use it, too
 * @param end ends it, if it was started for these tests alone
 */
record KubernetesSource(String kubeconfig, boolean isOfTheUser, Runnable end) {

    private static final DockerImageName K3S = DockerImageName.parse("rancher/k3s:v1.34.1-k3s1");

    static KubernetesSource choose() {
        String given = System.getenv("KUBECONFIG");
        if (given != null && !given.isBlank()) {
            return new KubernetesSource(
                    read(Path.of(given.split(File.pathSeparator)[0])), devClusterIsGiven(), () -> {});
        }
        return dockerAnswers() ? k3s() : built();
    }

    void close() {
        end.run();
    }

    @SuppressWarnings("resource") // closed by the end of the source
    private static KubernetesSource k3s() {
        K3sContainer container = new K3sContainer(K3S);
        container.start();
        return new KubernetesSource(container.getKubeConfigYaml(), false, container::stop);
    }

    /** It stays up for the next run. */
    private static KubernetesSource built() {
        String kubeconfig = DevScript.run("cluster", List.of("up")).outputOfSuccess();
        return new KubernetesSource(read(Path.of(kubeconfig.strip())), false, () -> {});
    }

    /** KUBECONFIG may name the one that {@code dev/cluster} has built. */
    private static boolean devClusterIsGiven() {
        return DevScript.run("cluster", List.of("backend"))
                .outputOfSuccess()
                .strip()
                .equals("given");
    }

    private static boolean dockerAnswers() {
        try {
            Commands.run(List.of("docker", "info"));
            return true;
        } catch (IllegalStateException | UncheckedIOException noEngine) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
