package dev.sshtunnels.e2e;

import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A further OpenSSH server on the bastion: a port, a host key and a log that one test has for itself. */
final class BastionSshd implements AutoCloseable {

    /** Each gets the next port: a test that failed to stop its server does not disturb the others. */
    private static final AtomicInteger PORTS = new AtomicInteger(2200);

    private static final String LISTENS = "Server listening on";

    private final Path directory;
    private final String host;
    private final int port;
    private final ClientKey hostKey;
    private Process process;
    private final List<String> log = new CopyOnWriteArrayList<>();

    private BastionSshd(Path directory, String host, int port, ClientKey hostKey) {
        this.directory = directory;
        this.host = host;
        this.port = port;
        this.hostKey = hostKey;
    }

    static BastionSshd start(OnPrem onPrem, String... configuration) {
        try {
            Path directory = Files.createTempDirectory("bastion-sshd");
            // sshd reads authorized_keys as the user who logs in
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            int port = PORTS.getAndIncrement();
            ClientKey hostKey = new ClientKeys(directory).ed25519();
            Files.copy(Path.of(onPrem.get("CLIENT_KEY") + ".pub"), directory.resolve("authorized_keys"));
            Files.write(directory.resolve("sshd_config"), lines(directory, hostKey.privateFile(), port, configuration));
            BastionSshd sshd = new BastionSshd(directory, onPrem.bastion(), port, hostKey);
            sshd.run();
            return sshd;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path directory, Path hostKey, int port, String... configuration) {
        return Stream.concat(
                        Stream.of(configuration),
                        Stream.of(
                                "Port " + port,
                                "HostKey " + hostKey,
                                "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
                                "GatewayPorts clientspecified",
                                "PasswordAuthentication no",
                                "KbdInteractiveAuthentication no",
                                "StrictModes no",
                                "UsePAM no",
                                "UseDNS no",
                                "PidFile none",
                                "LogLevel DEBUG1"))
                .toList();
    }

    /**
     * Starts it; after {@link #stop} as it was, with the same port, keys and configuration. It runs as those that
     * {@code dev/onprem} starts: in PID and mount namespaces that end with the first process.
     */
    void run() {
        long listened = logged(LISTENS);
        process = Script.dev(
                        "onprem",
                        "exec",
                        "bastion",
                        "unshare",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        "--uts",
                        Path.of("dev/lib/onprem/host").toAbsolutePath().toString(),
                        "bastion",
                        "/usr/sbin/sshd",
                        "-D",
                        "-e",
                        "-f",
                        directory.resolve("sshd_config").toString())
                .start();
        Process started = process;
        Thread.ofVirtual().start(() -> follow(started));
        await("sshd listens on port " + port)
                .pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(20))
                .failFast("sshd ended: " + log, () -> !started.isAlive())
                .until(() -> logged(LISTENS) > listened);
    }

    /** Ends the server with its sessions. */
    void stop() {
        process.destroyForcibly().onExit().join();
    }

    private void follow(Process server) {
        try (BufferedReader reader = server.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(log::add);
        } catch (IOException | UncheckedIOException e) {
            log.add("(log ended: " + e.getMessage() + ")");
        }
    }

    int port() {
        return port;
    }

    /** Line for known_hosts. */
    String knownHosts() {
        return knownHosts(hostKey);
    }

    /** Line for known_hosts that gives this server another key. */
    String knownHosts(ClientKey key) {
        return "[" + host + "]:" + port + " " + key.publicLine();
    }

    String fingerprint() {
        return hostKey.fingerprint();
    }

    /** Number of log lines (level DEBUG1) that contain the text. */
    long logged(String text) {
        return log.stream().filter(line -> line.contains(text)).count();
    }

    /** Connections that clients made so far. */
    long connections() {
        return logged("Connection from ");
    }

    /** Ends the server with its sessions, and removes its keys and configuration. */
    @Override
    public void close() {
        stop();
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
