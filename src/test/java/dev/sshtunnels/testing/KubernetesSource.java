package dev.sshtunnels.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Where a Kubernetes comes from.
 *
 * @param kubeconfig its kubeconfig, as YAML
 * @param end ends it, if it was started for these tests alone
 */
record KubernetesSource(String kubeconfig, Runnable end) {

    private static final DockerImageName K3S = DockerImageName.parse("rancher/k3s:v1.34.1-k3s1");

    /** How a script of {@code dev/} says that the machine lacks something. */
    private static final int UNAVAILABLE = 3;

    static KubernetesSource choose() {
        String given = System.getenv("KUBECONFIG");
        if (given != null && !given.isBlank()) {
            return new KubernetesSource(read(Path.of(given.split(File.pathSeparator)[0])), () -> {});
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
        return new KubernetesSource(container.getKubeConfigYaml(), container::stop);
    }

    /** It stays up for the next run. */
    private static KubernetesSource built() {
        Outcome outcome = run(List.of("dev/cluster", "up"));
        if (outcome.status() == UNAVAILABLE) {
            String reason = outcome.errors().strip();
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail("CI=true, so that no test may be skipped, but: " + reason);
            }
            Assumptions.abort(reason);
        }
        Assertions.assertEquals(0, outcome.status(), () -> "dev/cluster up: " + outcome.errors());
        return new KubernetesSource(read(Path.of(outcome.output().strip())), () -> {});
    }

    private static boolean dockerAnswers() {
        try {
            return run(List.of("docker", "info")).status() == 0;
        } catch (UncheckedIOException notInstalled) {
            return false;
        }
    }

    private record Outcome(int status, String output, String errors) {}

    private static Outcome run(List<String> command) {
        try {
            Path errors = Files.createTempFile("command", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectError(errors.toFile())
                        .start();
                process.getOutputStream().close();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Outcome(process.waitFor(), output, Files.readString(errors));
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
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
