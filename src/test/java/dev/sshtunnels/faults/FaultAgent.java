package dev.sshtunnels.faults;

import static org.awaitility.Awaitility.await;

import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.testing.AgentProcess;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;

/** {@code bin/sshtunnel run} with documents of its own, all settings being the defaults unless a test says otherwise. */
public final class FaultAgent implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ATTEMPT_MILLIS = 1000;

    private static final String SECRET = "secrets/bastion-key";

    private final Path directory;
    private final Map<String, Integer> ports = new HashMap<>();
    private List<String> prefix = List.of();
    private String javaOptions = "";
    private AgentProcess process;
    private ReportWatch reports;

    FaultAgent(Path directory, ClientKey key) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("documents"));
        Files.createDirectories(directory.resolve(SECRET));
        key(key);
    }

    /** The key to log in with from now on; a running agent reads it at once. */
    public FaultAgent key(ClientKey key) throws IOException {
        Path unfinished = Files.write(directory.resolve("unfinished-key"), key.bytes());
        Files.move(unfinished, directory.resolve(SECRET + "/ssh-privatekey"), StandardCopyOption.ATOMIC_MOVE);
        return this;
    }

    /**
     * Where it logs in.
     *
     * @param hostKey key type and base64, which is trusted for every host name
     * @param specLines further lines of the spec
     */
    public FaultAgent server(String host, int port, String user, String hostKey, String... specLines)
            throws IOException {
        String more = specLines.length == 0 ? "" : "  " + String.join("\n  ", specLines) + "\n";
        return document("server", """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshServer
                metadata: {name: bastion}
                spec:
                  endpoints: [{host: "%s", port: %d}]
                  user: %s
                  auth: {privateKeySecretRef: {name: bastion-key}}
                  hostKeys: {knownHosts: ["* %s"]}
                """.formatted(host, port, user, hostKey) + more);
    }

    /** An L forward that listens on loopback. */
    public FaultAgent local(String name, String targetHost, int targetPort) throws IOException {
        int port = ports.computeIfAbsent(name, _ -> Ports.OF_THIS_RUN.next());
        return document(name, """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: %s}
                spec:
                  serverRef: {name: bastion}
                  mode: L
                  listen: {address: 127.0.0.1, port: %d}
                  target: {host: "%s", port: %d}
                """.formatted(name, port, targetHost, targetPort));
    }

    /** Any document; a running agent reads it at once. */
    public FaultAgent document(String name, String yaml) throws IOException {
        Files.writeString(directory.resolve("documents/" + name + ".yaml"), yaml);
        return this;
    }

    /** Starts it by a program that executes the rest of its arguments. */
    public FaultAgent by(List<String> command) {
        prefix = command;
        return this;
    }

    /** Options of the JVM. */
    public FaultAgent with(String options) {
        javaOptions = options;
        return this;
    }

    /** Starts it, and waits for nothing. */
    public FaultAgent start() throws IOException {
        int management = Ports.OF_THIS_RUN.next();
        process = AgentProcess.start(
                prefix,
                management,
                javaOptions,
                List.of(
                        "-f", directory.resolve("documents").toString(),
                        "--secrets", directory.resolve("secrets").toString()));
        reports = new ReportWatch(management);
        return this;
    }

    /** Waits until it says that its session and all forwards are up. */
    public FaultAgent awaitReady() {
        try {
            await("a session and all forwards")
                    .atMost(PATIENCE)
                    .until(() -> reports.last().map(FaultAgent::isUp).orElse(false));
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(reports.last() + "\n" + String.join("\n", process.log()), e);
        }
        return this;
    }

    private static boolean isUp(AgentReport report) {
        return report.session().connected()
                && report.tunnels().stream()
                        .flatMap(tunnel -> tunnel.forwards().stream())
                        .allMatch(forward -> forward.ready());
    }

    /** What it said last. */
    public Optional<AgentReport> report() {
        return reports.last();
    }

    ReportWatch reports() {
        return reports;
    }

    public AgentProcess process() {
        return process;
    }

    /** Where a forward listens. */
    public int port(String name) {
        return ports.get(name);
    }

    /** Whether a byte comes back through an L forward to an echo, now. */
    public boolean passes(String name) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(name)), ATTEMPT_MILLIS);
            socket.setSoTimeout(ATTEMPT_MILLIS);
            socket.getOutputStream().write('x');
            return socket.getInputStream().read() == 'x';
        } catch (IOException notYet) {
            return false;
        }
    }

    /** A connection through an L forward that a test keeps. */
    public Exchange connect(String name) throws IOException {
        return Exchange.with(port(name));
    }

    @Override
    public void close() {
        if (process != null) {
            reports.close();
            process.close();
        }
    }
}
