package dev.sshtunnels.differential;

import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.testing.Commands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One process of ssh, known by what it says with {@code -v}. */
final class OpenSshSession implements Session {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Server server;
    private final List<Wanted> forwards;
    private final ListeningSockets before;
    private final int logBefore;
    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();

    OpenSshSession(Server server, List<Wanted> forwards, List<String> command) throws IOException {
        this.server = server;
        this.forwards = forwards;
        this.before = ListeningSockets.now();
        this.logBefore = server.logPosition();
        this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        Thread.ofVirtual().start(this::follow);
    }

    private void follow() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException _) {
            // The process has ended.
        }
    }

    /** It listens locally before it says that it is interactive; the server's answers may come later. */
    void awaitForwards() {
        long asked = forwards.stream()
                .filter(forward -> isRemote(forward) && !forward.suspended())
                .count();
        await("ssh with " + forwards)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .atMost(PATIENCE)
                .until(() -> isSettled(asked) || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException("ssh ended: " + String.join("\n", output));
        }
    }

    private boolean isSettled(long asked) {
        return output.stream().anyMatch(line -> line.contains("Entering interactive session"))
                && count("remote forward success for:") + count("remote forward failure for:") >= asked;
    }

    private static boolean isRemote(Wanted forward) {
        return forward.mode() == Mode.R;
    }

    private long count(String text) {
        return output.stream().filter(line -> line.contains(text)).count();
    }

    @Override
    public boolean isInForce(int forward) {
        Wanted wanted = forwards.get(forward);
        if (wanted.suspended()) {
            return false;
        }
        if (!isRemote(wanted)) {
            // OpenSSH channels.c names the forward it could not listen for by its port alone.
            return count("channel_setup_fwd_listener_tcpip: cannot listen to port: " + wanted.port()) == 0;
        }
        String success = "remote forward success for: listen " + asWritten(wanted);
        return output.stream().anyMatch(line -> line.endsWith(success));
    }

    /** As OpenSSH ssh.c, ssh_confirm_remote_forward, writes it. */
    private static String asWritten(Wanted wanted) {
        String listen = (wanted.address() == null ? "" : wanted.address() + ":") + wanted.port();
        return wanted.target() instanceof Wanted.Target.Port(String host, int port)
                ? listen + ", connect " + host + ":" + port
                : listen + ", connect socks:0";
    }

    @Override
    public int port(int forward) {
        Wanted wanted = forwards.get(forward);
        return wanted.port() == 0 ? allocatedPort() : wanted.port();
    }

    private int allocatedPort() {
        Pattern allocated = Pattern.compile("Allocated port (\\d+) for remote forward");
        return output.stream()
                .map(allocated::matcher)
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no port allocated: " + output));
    }

    @Override
    public List<String> serverLog() {
        return server.logSince(logBefore);
    }

    /** {@code ssh -O cancel}: the session was made with ControlMaster=yes and a ControlPath. */
    @Override
    public void cancel(int forward) {
        Wanted wanted = forwards.get(forward);
        List<String> command = new ArrayList<>(List.of("ssh", "-F", "none", "-o", "ControlMaster=no"));
        server.sshOptions().forEach(option -> command.addAll(List.of("-o", option)));
        command.addAll(List.of(
                "-O",
                "cancel",
                "-" + wanted.mode(),
                wanted.sshArgument(),
                server.sshd().host()));
        Commands.run(command);
    }

    @Override
    public void close() {
        List<Integer> ports = ListeningSockets.portsOf(this, forwards.size());
        end();
        before.awaitNoOthers(ports);
    }

    /** A signal that comes just before ssh begins to wait does not wake it: it is told until it ends. */
    private void end() {
        await("ssh ends")
                .pollInterval(Duration.ofMillis(500))
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    process.destroy();
                    return process.waitFor(400, TimeUnit.MILLISECONDS);
                });
    }
}
