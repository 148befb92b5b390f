package dev.sshtunnels.testing;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A real OpenSSH server on loopback, run as the current user, with host keys and authorized_keys of its own.
 *
 * <p>It is known to accept by its log, never by a connection that would count as a client. Only processes that it
 * started are ever signalled.
 */
public final class Sshd implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SshdProgram program;
    private final Path directory;
    private final List<String> enter;
    private final String address;
    private final int port;
    private final String account;
    private final List<String> hostKeyTypes;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private Process process;

    Sshd(
            SshdProgram program,
            Path directory,
            List<String> enter,
            String address,
            int port,
            String account,
            List<String> hostKeyTypes) {
        this.program = program;
        this.directory = directory;
        this.enter = enter;
        this.address = address;
        this.port = port;
        this.account = account;
        this.hostKeyTypes = hostKeyTypes;
    }

    public static SshdBuilder builder() {
        return new SshdBuilder();
    }

    /** Starts a server that takes the key. */
    public static Sshd accepting(ClientKeys.ClientKey key) {
        return builder().authorize(key).start();
    }

    public String host() {
        return address;
    }

    public int port() {
        return port;
    }

    /** The account that can log in. */
    public String user() {
        return account;
    }

    /** Everything that the server wrote to its log until now, at level DEBUG1. */
    public List<String> log() {
        return List.copyOf(log);
    }

    /** Number of log lines that contain the text. */
    public long logged(String text) {
        return log.stream().filter(line -> line.contains(text)).count();
    }

    public void awaitLog(String text) {
        await("log line with \"" + text + "\"").atMost(PATIENCE).until(() -> logged(text) > 0);
    }

    /** A known_hosts line for the first host key, with the host written {@code [host]:port}. */
    public String hostKeyLine(String host) {
        return hostKeyLine(host, hostKeyTypes.getFirst());
    }

    /** A known_hosts line for the host key of a type. */
    public String hostKeyLine(String host, String type) {
        return "[" + host + "]:" + port + " " + hostKey(type);
    }

    /** The first host key, as known_hosts would name it. */
    public String hostKeyLine() {
        return hostKeyLine(host());
    }

    /** {@code SHA256:...} of the host key of a type, as {@code ssh-keygen -lf} prints it. */
    public String fingerprint(String type) {
        return Commands.run(List.of(
                        "ssh-keygen",
                        "-lf",
                        directory.resolve(keyFile(type) + ".pub").toString()))
                .split(" ")[1];
    }

    /** Key type and base64 of the host key of a type. */
    public String hostKey(String type) {
        try {
            String[] words =
                    Files.readString(directory.resolve(keyFile(type) + ".pub")).split(" ");
            return words[0] + " " + words[1].strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String keyFile(String type) {
        return "host_" + type;
    }

    /** Stops every process of the server's sessions, as a machine that hangs; its kernel goes on taking packets. */
    public void freeze() {
        signal("-STOP");
    }

    /** Sends SIGHUP: the server reads its configuration anew, and sessions stay. */
    public void reload() {
        Commands.run(List.of("kill", "-HUP", Long.toString(process.pid())));
    }

    /** Ends {@link #freeze}. */
    public void resume() {
        signal("-CONT");
    }

    /** A process that ends meanwhile, as sshd's helpers of a login do, needs no signal. */
    private void signal(String signal) {
        for (ProcessHandle session : process.descendants().toList()) {
            try {
                Commands.run(List.of("kill", signal, Long.toString(session.pid())));
            } catch (IllegalStateException e) {
                if (session.isAlive()) {
                    throw e;
                }
            }
        }
    }

    /** The processes of its sessions. */
    public List<Long> sessions() {
        return process.descendants().map(ProcessHandle::pid).toList();
    }

    /** Waits until the server is done with every client that came, so that its log says all about them. */
    public void awaitNoSessions() {
        await("no session").atMost(PATIENCE).until(() -> process.descendants().count() == 0);
    }

    /** Ends every session's process at once; the server goes on accepting. */
    public void killSessions() {
        killSessionsBut(List.of());
    }

    /** The same but for processes that {@link #sessions} told of earlier. */
    public void killSessionsBut(List<Long> others) {
        process.descendants().filter(each -> !others.contains(each.pid())).forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends the server and its sessions; {@link #start} brings it back on the same port. */
    public void stop() {
        List<ProcessHandle> sessions = process.descendants().toList();
        process.destroy();
        sessions.forEach(ProcessHandle::destroyForcibly);
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void restart() {
        stop();
        start();
    }

    /** Starts the server and waits until its log says that it listens. */
    public void start() {
        log.clear();
        try {
            List<String> command = new ArrayList<>(enter);
            command.addAll(program.command());
            command.addAll(
                    List.of("-D", "-e", "-f", directory.resolve("sshd_config").toString()));
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Process started = process;
        Thread.ofVirtual().start(() -> follow(started));
        await("sshd listens").atMost(PATIENCE).until(() -> logged("Server listening on") > 0 || !started.isAlive());
        if (!started.isAlive()) {
            throw new IllegalStateException("sshd ended at once: " + String.join("\n", log));
        }
    }

    private void follow(Process started) {
        try (BufferedReader reader = started.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                log.add(line.strip());
            }
        } catch (IOException e) {
            log.add("(log ended: " + e.getMessage() + ")");
        }
    }

    @Override
    public void close() {
        stop();
        SshdBuilder.delete(directory);
    }
}
