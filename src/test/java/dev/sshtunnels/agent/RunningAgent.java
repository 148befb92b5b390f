package dev.sshtunnels.agent;

import static org.awaitility.Awaitility.await;

import dev.sshtunnels.agent.files.Inputs;
import dev.sshtunnels.agent.plan.InvalidDocumentsException;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.report.ReportCodec;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Scrape;
import dev.sshtunnels.testing.Sshd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** An agent in this process, with its documents and Secrets in a directory of the test's. */
public final class RunningAgent implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path directory;
    private final HttpClient client = HttpClient.newHttpClient();
    private Duration shutdownDelay = Duration.ZERO;
    private Agent agent;

    public RunningAgent(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("documents"));
        Files.createDirectories(directory.resolve("secrets"));
    }

    public RunningAgent server(Sshd sshd, String... specLines) throws IOException {
        String more = specLines.length == 0 ? "" : "  " + String.join("\n  ", specLines) + "\n";
        return document("server", """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshServer
                metadata: {name: bastion}
                spec:
                  endpoints: [{host: %s, port: %d}]
                  user: %s
                  auth: {privateKeySecretRef: {name: bastion-key}}
                  hostKeys: {knownHosts: ["%s"]}
                """.formatted(sshd.host(), sshd.port(), sshd.user(), sshd.hostKeyLine()) + more);
    }

    public RunningAgent tunnel(String name, String... specLines) throws IOException {
        return document(name, """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: %s}
                spec:
                  serverRef: {name: bastion}
                  %s
                """.formatted(name, String.join("\n  ", specLines)));
    }

    RunningAgent local(String name, int port, int target) throws IOException {
        return tunnel(
                name,
                "mode: L",
                "listen: {address: 127.0.0.1, port: " + port + "}",
                "target: {host: 127.0.0.1, port: " + target + "}");
    }

    public RunningAgent document(String name, String text) throws IOException {
        write(directory.resolve("documents/" + name + ".yaml"), text.getBytes());
        return this;
    }

    /** A document as it is now. */
    String text(String name) throws IOException {
        return Files.readString(directory.resolve("documents/" + name + ".yaml"));
    }

    public RunningAgent without(String name) throws IOException {
        Files.deleteIfExists(directory.resolve("documents/" + name + ".yaml"));
        return this;
    }

    public RunningAgent key(ClientKey key) throws IOException {
        return secret("bastion-key", "ssh-privatekey", key.bytes());
    }

    RunningAgent secret(String name, String key, byte[] value) throws IOException {
        Path secret = Files.createDirectories(directory.resolve("secrets/" + name));
        write(secret.resolve(key), value);
        return this;
    }

    private static void write(Path file, byte[] content) throws IOException {
        Path unfinished = Files.write(file.resolveSibling(".unfinished"), content);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Local listeners serve on for this long when it is stopped. */
    RunningAgent shutdownDelay(Duration delay) {
        shutdownDelay = delay;
        return this;
    }

    public RunningAgent start() throws IOException, InvalidDocumentsException {
        agent = Agent.start(new AgentSettings(
                new Inputs(
                        List.of(directory.resolve("documents")), null, null, null, directory.resolve("secrets"), null),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                shutdownDelay));
        return this;
    }

    RunningAgent awaitReady() {
        await().atMost(PATIENCE).until(() -> get("/readyz").statusCode() == 200);
        return this;
    }

    AgentReport awaitReason(Reason reason) {
        return await().atMost(PATIENCE)
                .until(this::status, report -> report.session().reason() == reason);
    }

    public AgentReport status() {
        try {
            return ReportCodec.read(get("/status").body().getBytes());
        } catch (dev.sshtunnels.report.InvalidReportException e) {
            throw new IllegalStateException(e);
        }
    }

    Scrape scrape() {
        return new Scrape(get("/metrics").body());
    }

    HttpResponse<String> get(String path) {
        URI uri = URI.create(
                "http://127.0.0.1:" + agent.management().orElseThrow().getPort() + path);
        try {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void stop() {
        agent.close();
    }

    @Override
    public void close() {
        if (agent != null) {
            agent.close();
        }
        client.close();
    }
}
