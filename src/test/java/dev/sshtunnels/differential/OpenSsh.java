package dev.sshtunnels.differential;

import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.testing.Commands;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The yardstick: {@code ssh -N}, a process for each session, without the user's files. */
final class OpenSsh implements Contestant {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Server server;
    private final Path knownHosts;

    OpenSsh(Server server, Path directory) {
        this.server = server;
        this.knownHosts = directory.resolve("ssh_known_hosts");
        try {
            Files.createDirectories(directory);
            Files.writeString(knownHosts, server.sshd().hostKeyLine() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Session hold(List<Wanted> forwards) {
        try {
            Running running = new Running(forwards);
            running.awaitForwards();
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException("ssh cannot be run; install the package openssh-client", e);
        }
    }

    private List<String> command(List<Wanted> forwards) {
        List<String> command = new ArrayList<>(List.of("ssh", "-v", "-N", "-T", "-F", "none"));
        List<String> options = new ArrayList<>(server.sshOptions());
        options.addAll(List.of("BatchMode=yes", "StrictHostKeyChecking=yes", "ControlPath=none", "IdentityAgent=none"));
        options.addAll(
                List.of("IdentitiesOnly=yes", "IdentityFile=" + server.key().privateFile()));
        options.addAll(List.of("GlobalKnownHostsFile=none", "UserKnownHostsFile=" + knownHosts));
        options.forEach(option -> command.addAll(List.of("-o", option)));
        if (gateway(forwards)) {
            command.add("-g");
        }
        forwards.forEach(forward -> command.addAll(List.of("-" + forward.mode(), forward.sshArgument())));
        command.addAll(
                List.of("-p", "" + server.sshd().port(), "-l", server.sshd().user()));
        command.add(server.sshd().host());
        return command;
    }

    /** To ssh, {@code -g} is for all forwards of a session or for none. */
    private static boolean gateway(List<Wanted> forwards) {
        List<Boolean> different =
                forwards.stream().map(Wanted::gateway).distinct().toList();
        if (different.size() > 1) {
            throw new IllegalArgumentException("one ssh cannot have -g for some of " + forwards);
        }
        return different.contains(true);
    }

    @Override
    public String toString() {
        return "ssh";
    }

    private final class Running implements Session {

        private final List<Wanted> forwards;
        private final ListeningSockets before = ListeningSockets.now();
        private final int logBefore = server.logPosition();
        private final Process process;
        private final List<String> output = new CopyOnWriteArrayList<>();

        Running(List<Wanted> forwards) throws IOException {
            this.forwards = forwards;
            process = new ProcessBuilder(command(forwards))
                    .redirectErrorStream(true)
                    .start();
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
            long asked = forwards.stream().filter(this::isRemote).count();
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

        private boolean isRemote(Wanted forward) {
            return forward.mode() == Mode.R;
        }

        private long count(String text) {
            return output.stream().filter(line -> line.contains(text)).count();
        }

        @Override
        public boolean isInForce(int forward) {
            Wanted wanted = forwards.get(forward);
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
            process.destroy();
            process.onExit().join();
            before.awaitNoOthers(ports);
        }
    }
}
