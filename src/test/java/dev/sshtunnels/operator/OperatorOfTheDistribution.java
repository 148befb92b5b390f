package dev.sshtunnels.operator;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code bin/sshtunnel operator} of the distribution that was built, as a process of its own. */
final class OperatorOfTheDistribution implements AutoCloseable {

    private static final Path LAUNCHER = Path.of(System.getProperty("sshtunnels.dist", "target/dist"), "bin/sshtunnel")
            .toAbsolutePath();

    private final Process process;

    private OperatorOfTheDistribution(Process process) {
        this.process = process;
    }

    /** Starts one that competes for the lease of its namespace. */
    static OperatorOfTheDistribution electing(String namespace, Config cluster, Path directory) throws IOException {
        Path kubeconfig = directory.resolve("kubeconfig");
        Files.writeString(kubeconfig, """
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
                        cluster.getClientKeyData()));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                LAUNCHER.toString(),
                "operator",
                "--image=example.com/agent:1",
                "--watch-namespaces=" + namespace,
                "--leader-election=true",
                "--lease-namespace=" + namespace,
                "--management=127.0.0.1:0"));
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        return new OperatorOfTheDistribution(builder.inheritIO().start());
    }

    /** Asks it to end, as the kubelet does, and waits. */
    int end() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
