package dev.sshtunnels.operator;

import dev.sshtunnels.testing.Ports;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code bin/sshtunnel operator} of the distribution that was built, as a process of its own. */
final class OperatorOfTheDistribution implements AutoCloseable {

    private static final Path LAUNCHER = Path.of(System.getProperty("sshtunnels.dist", "target/dist"), "bin/sshtunnel")
            .toAbsolutePath();

    /** They outlive the test, for whoever looks why it failed. */
    private static final Path LOGS = Path.of("target", "operator-logs");

    /** As the kubelet has by the chart. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Process process;
    private final int port;
    private final Path log;

    private OperatorOfTheDistribution(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts one that competes for the lease of its namespace, with the rights of an administrator. */
    static OperatorOfTheDistribution electing(String namespace, Config cluster, Path directory) throws IOException {
        String kubeconfig = """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: u, user: {client-certificate-data: "%s", client-key-data: "%s"}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(
                        cluster.getMasterUrl(),
                        cluster.getCaCertData(),
                        cluster.getClientCertData(),
                        cluster.getClientKeyData());
        return start(namespace, kubeconfig, directory, "--leader-election=true", "--lease-namespace=" + namespace);
    }

    /** Starts one that serves a namespace. */
    static OperatorOfTheDistribution start(String namespace, String kubeconfig, Path directory, String... options)
            throws IOException {
        Path file = Files.createTempFile(directory, "kubeconfig", "");
        Files.writeString(file, kubeconfig);
        int port = Ports.OF_THIS_RUN.next();
        List<String> command = new ArrayList<>(List.of(
                LAUNCHER.toString(),
                "operator",
                "--image=example.com/agent:1",
                "--watch-namespaces=" + namespace,
                "--management=127.0.0.1:" + port));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("KUBECONFIG", file.toString());
        Files.createDirectories(LOGS);
        Path log = LOGS.resolve(namespace + "-" + port + ".log");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return new OperatorOfTheDistribution(process, port, log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has said so far. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** Whether the kubelet would restart it. */
    boolean isHealthy() throws InterruptedException {
        return get("/livez").startsWith("200");
    }

    /** Status code and line of {@code /readyz}; the code is 0 while nobody listens. */
    String readiness() throws InterruptedException {
        return get("/readyz");
    }

    private String get(String path) throws InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    http.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException e) {
            return "0 " + e;
        }
    }

    /** Asks it to end, as the kubelet does, and waits. */
    int end() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    /** Its exit status, once it has ended by itself. */
    int exitStatus() {
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
