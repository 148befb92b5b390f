package dev.sshtunnels.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** {@code bin/sshtunnel run} of the distribution that was built, as a process of its own. */
public final class AgentProcess implements AutoCloseable {

    public static final Path DISTRIBUTION =
            Path.of(System.getProperty("sshtunnels.dist", "target/dist")).toAbsolutePath();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final int managementPort;
    private final List<String> log = new CopyOnWriteArrayList<>();

    private AgentProcess(Process process, int managementPort) {
        this.process = process;
        this.managementPort = managementPort;
    }

    /** Starts it with a management port of the caller's choice. */
    public static AgentProcess start(int managementPort, String javaOptions, List<String> arguments)
            throws IOException {
        return start(List.of(), managementPort, javaOptions, arguments);
    }

    /** Does the same by a program that executes the rest of its arguments, such as {@code prlimit}. */
    public static AgentProcess start(
            List<String> prefix, int managementPort, String javaOptions, List<String> arguments) throws IOException {
        Path launcher = DISTRIBUTION.resolve("bin/sshtunnel");
        if (!Files.isExecutable(launcher)) {
            throw new IllegalStateException(launcher + " is missing: run mvn package first");
        }
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(launcher.toString(), "run"));
        command.addAll(List.of("--management", "127.0.0.1:" + managementPort));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SSHTUNNEL_JAVA_OPTS", javaOptions);
        AgentProcess agent = new AgentProcess(builder.start(), managementPort);
        Thread.ofVirtual().start(agent::follow);
        return agent;
    }

    private void follow() {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(log::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> log() {
        return List.copyOf(log);
    }

    public AgentProcess awaitReady() {
        await().atMost(PATIENCE)
                .failFast(() -> assertThat(process.isAlive())
                        .as("the agent runs: %s", log)
                        .isTrue())
                .ignoreExceptions()
                .until(() -> get("/readyz").statusCode() == 200);
        return this;
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + managementPort + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Its pid: every prefix and the launcher have become it by exec. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGTERM; the exit status. */
    public int terminate() throws InterruptedException {
        // Process.destroy would close the log before its end.
        process.toHandle().destroy();
        return awaitEnd();
    }

    /** Waits until it has ended; the exit status. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the agent does not end: " + log);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
