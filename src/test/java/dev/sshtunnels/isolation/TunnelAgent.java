package dev.sshtunnels.isolation;

import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.AgentProcess;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Scrape;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpSockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Documents for an agent with many tunnels, and the agent that holds them. */
final class TunnelAgent implements AutoCloseable {

    private final Path directory;
    private final Map<String, Integer> ports = new HashMap<>();
    private List<String> prefix = List.of();
    private String javaOptions = "";
    private AgentProcess process;

    TunnelAgent(Path directory, Sshd sshd, ClientKey key) throws IOException {
        this.directory = directory;
        Path secret = Files.createDirectories(directory.resolve("secrets/bastion-key"));
        Files.write(secret.resolve("ssh-privatekey"), key.bytes());
        Files.createDirectories(directory.resolve("documents"));
        document("server", """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshServer
                metadata: {name: bastion}
                spec:
                  endpoints: [{host: %s, port: %d}]
                  user: %s
                  auth: {privateKeySecretRef: {name: bastion-key}}
                  hostKeys: {knownHosts: ["%s"]}
                  reconnect: {initialDelay: 100ms, maxDelay: 200ms}
                  agent: {drainTimeout: 1s}
                """.formatted(sshd.host(), sshd.port(), sshd.user(), sshd.hostKeyLine()));
    }

    /** An L forward to a port of this machine. */
    TunnelAgent local(String name, int targetPort) throws IOException {
        return tunnel(name, "mode: L", target("127.0.0.1", targetPort));
    }

    TunnelAgent remote(String name, int targetPort) throws IOException {
        return remote(name, "127.0.0.1", targetPort);
    }

    TunnelAgent remote(String name, String targetHost, int targetPort) throws IOException {
        return tunnel(name, "mode: R", target(targetHost, targetPort));
    }

    TunnelAgent dynamic(String name) throws IOException {
        return tunnel(name, "mode: D", "");
    }

    private static String target(String host, int port) {
        return ", target: {host: " + host + ", port: " + port + "}";
    }

    private TunnelAgent tunnel(String name, String mode, String target) throws IOException {
        int port = Ports.OF_THIS_RUN.next();
        ports.put(name, port);
        document(name, """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: %s}
                spec:
                  serverRef: {name: bastion}
                  forwards: [{name: only, %s, listen: {address: 127.0.0.1, port: %d}%s}]
                """.formatted(name, mode, port, target));
        return this;
    }

    private void document(String name, String yaml) throws IOException {
        Files.writeString(directory.resolve("documents/" + name + ".yaml"), yaml);
    }

    /** Starts it by a program that executes the rest of its arguments. */
    TunnelAgent by(String... command) {
        prefix = List.of(command);
        return this;
    }

    TunnelAgent with(String options) {
        javaOptions = options;
        return this;
    }

    /** Starts it and waits until every forward is in force. */
    TunnelAgent start() throws IOException {
        process = AgentProcess.start(
                prefix,
                Ports.OF_THIS_RUN.next(),
                javaOptions,
                List.of(
                        "-f",
                        directory.resolve("documents").toString(),
                        "--secrets",
                        directory.resolve("secrets").toString()));
        process.awaitReady();
        awaitListening();
        return this;
    }

    void awaitListening() {
        await("every forward listens")
                .atMost(IsolationScenario.PATIENCE)
                .until(() -> TcpSockets.listening().containsAll(ports.values()));
    }

    /** Where a tunnel listens, here or at the server, which is this machine too. */
    int port(String name) {
        return ports.get(name);
    }

    AgentProcess process() {
        return process;
    }

    ProcessFacts facts() {
        return new ProcessFacts(process.pid());
    }

    /** The sum of a metric over all forwards. */
    double metric(String name) throws IOException, InterruptedException {
        return new Scrape(process.get("/metrics").body()).sum(name);
    }

    @Override
    public void close() {
        process.close();
    }
}
