package dev.sshtunnels.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.AgentProcess;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as it is built: the agent works with its own jars, and has no others. */
class AgentClasspathIT {

    private static final Pattern SOURCE = Pattern.compile("source: file:\\S*/lib/([^/\\s]+\\.jar)");
    private static final String PASSPHRASE = "canary-passphrase-0815";

    @TempDir
    Path directory;

    @Test
    void bytesPassThroughEveryModeWithTheAgentsOwnJarsAndTheKeyIsNeverShown() throws Exception {
        ClientKey key = new ClientKeys(directory).make("ed25519", 0, ClientKeys.Format.OPENSSH, PASSPHRASE);
        int local = Ports.OF_THIS_RUN.next();
        int remote = Ports.OF_THIS_RUN.next();
        int socks = Ports.OF_THIS_RUN.next();
        int management = Ports.OF_THIS_RUN.next();
        Path classes = directory.resolve("classes.log");
        try (Sshd sshd = Sshd.accepting(key);
                TcpServer echo = TcpServer.echo()) {
            List<String> arguments = List.of(
                    "-f",
                    documents(sshd, local, remote, socks, echo.port()).toString(),
                    "--secrets",
                    secrets(key).toString(),
                    "--log-level",
                    "trace",
                    "--log-format",
                    "json");
            String options = "-Xlog:class+load:file=" + classes;
            try (AgentProcess agent = AgentProcess.start(management, options, arguments)) {
                agent.awaitReady();
                echoes(local, remote, socks, echo.port());
                sshd.restart();
                await().atMost(Duration.ofSeconds(30)).until(() -> Exchange.works(local) && Exchange.works(remote));
                String told =
                        agent.get("/status").body() + agent.get("/metrics").body();

                assertThat(agent.terminate()).isZero();

                assertNothingSecret(key, told + String.join("\n", agent.log()));
                assertThat(agent.log())
                        .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"));
            }
        }
        assertThat(loaded(classes)).isEqualTo(new TreeSet<>(list("agent.classpath")));
    }

    private static void echoes(int local, int remote, int socks, int target) throws IOException {
        await().atMost(Duration.ofSeconds(20)).until(() -> Exchange.works(remote));
        assertThat(Exchange.works(local)).isTrue();
        try (Exchange exchange = Exchange.throughSocks(socks, target)) {
            assertThat(exchange.say("through socks")).isEqualTo("through socks");
        }
    }

    private static void assertNothingSecret(ClientKey key, String told) {
        List<String> body = new String(key.bytes())
                .lines()
                .filter(line -> !line.startsWith("-----"))
                .toList();
        assertThat(body).isNotEmpty();
        assertThat(told).isNotEmpty().doesNotContain(PASSPHRASE).doesNotContain(body);
    }

    @Test
    void theListsNameJarsThatAreThereAndKeepTheProcessesApart() throws IOException {
        Set<String> present;
        try (Stream<Path> files = Files.list(AgentProcess.DISTRIBUTION.resolve("lib"))) {
            present = new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
        List<String> agent = list("agent.classpath");
        List<String> operator = list("operator.classpath");
        Set<String> both = new TreeSet<>(agent);
        both.addAll(operator);

        assertThat(present).as("jars without a list, or lists without a jar").isEqualTo(both);
        assertThat(agent)
                .isSorted()
                .noneMatch(jar -> jar.matches("(kubernetes|operator|jackson-databind|bcprov|bcpkix|bcutil).*"));
        assertThat(operator).isSorted().noneMatch(jar -> jar.startsWith("sshd-"));
    }

    @Test
    void theLauncherSaysItsVersion() throws Exception {
        Process process = new ProcessBuilder(
                        AgentProcess.DISTRIBUTION.resolve("bin/sshtunnel").toString(), "--version")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes()).strip())
                .matches("sshtunnel \\d+\\.\\d+\\.\\d+.*");
        assertThat(process.waitFor()).isZero();
    }

    private static List<String> list(String name) throws IOException {
        return Files.readAllLines(AgentProcess.DISTRIBUTION.resolve(name));
    }

    private static Set<String> loaded(Path classes) throws IOException {
        Set<String> jars = new TreeSet<>();
        try (Stream<String> lines = Files.lines(classes)) {
            lines.forEach(line -> {
                Matcher source = SOURCE.matcher(line);
                if (source.find()) {
                    jars.add(source.group(1));
                }
            });
        }
        return jars;
    }

    private Path secrets(ClientKey key) throws IOException {
        Path secret = Files.createDirectories(directory.resolve("secrets/bastion-key"));
        Files.write(secret.resolve("ssh-privatekey"), key.bytes());
        Files.writeString(secret.resolve("passphrase"), PASSPHRASE);
        return secret.getParent();
    }

    private Path documents(Sshd sshd, int local, int remote, int socks, int target) throws IOException {
        return Files.writeString(directory.resolve("tunnels.yaml"), """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshServer
                metadata: {name: bastion}
                spec:
                  endpoints: [{host: %1$s, port: %2$d}]
                  user: %3$s
                  auth: {privateKeySecretRef: {name: bastion-key, passphraseKey: passphrase}}
                  hostKeys: {knownHosts: ["%4$s"]}
                ---
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: all}
                spec:
                  serverRef: {name: bastion}
                  forwards:
                    - {name: local, mode: L, listen: {address: 127.0.0.1, port: %5$d}, target: {host: 127.0.0.1, port: %8$d}}
                    - {name: remote, mode: R, listen: {address: 127.0.0.1, port: %6$d}, target: {host: 127.0.0.1, port: %8$d}}
                    - {name: socks, mode: D, listen: {address: 127.0.0.1, port: %7$d}}
                """.formatted(
                        sshd.host(), sshd.port(), sshd.user(), sshd.hostKeyLine(), local, remote, socks, target));
    }
}
