package dev.sshtunnels.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.Format;
import dev.sshtunnels.testing.Sshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keys known_hosts trusts at a port other than 22; {@code ssh} is the yardstick. */
class KnownHostsLikeSshTest extends LoginScenario {

    private Sshd sshd;
    private String other;
    private String rsa;

    @BeforeEach
    void startServer() throws IOException {
        sshd = Sshd.accepting(key);
        ClientKeys keys = new ClientKeys(Files.createTempDirectory(directory, "others"));
        other = keys.ed25519().publicLine();
        rsa = keys.make("rsa", 2048, Format.OPENSSH, "").publicLine();
    }

    @AfterEach
    void stopServer() {
        sshd.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "HOST KEY, true",
        "HOST OTHER | HOST KEY, true",
        "PORT KEY | HOST OTHER, true",
        "PORT OTHER | PORT KEY, true",
        "@cert-authority PORT OTHER | HOST KEY, true",
        "@revoked PORT OTHER | HOST KEY, true",
        "PORT OTHER | HOST KEY, false",
        "PORT RSA | HOST KEY, false",
        "* OTHER | HOST KEY, false",
        "HOST KEY | @revoked HOST KEY, false",
        "@revoked PORT KEY | HOST KEY, false",
        "HOST KEY | @revoked * KEY, false"
    })
    void aKeyIsTrustedWhereSshTrustsIt(String templates, boolean trusted) throws Exception {
        List<String> lines = Stream.of(templates.split(" \\| ")).map(this::line).toList();

        assertThat(sshTrusts(lines)).as("ssh").isEqualTo(trusted);
        assertThat(agentTrusts(lines)).as("the agent").isEqualTo(trusted);
    }

    private String line(String template) {
        return template.replace("HOST", sshd.host())
                .replace("PORT", "[" + sshd.host() + "]:" + sshd.port())
                .replace("KEY", sshd.hostKey("ed25519"))
                .replace("OTHER", other)
                .replace("RSA", rsa);
    }

    private boolean agentTrusts(List<String> lines) throws InterruptedException {
        HostKeyTrust trust = Logins.trust(lines.toArray(String[]::new));
        try {
            logins.connect(Logins.with(Logins.at(sshd, key), trust));
            return true;
        } catch (LoginFailedException e) {
            assertThat(e.finding().reason().name()).startsWith("HostKey");
            return false;
        }
    }

    private boolean sshTrusts(List<String> lines) throws IOException, InterruptedException {
        Path file = Files.write(directory.resolve("known_hosts"), lines);
        Process ssh = new ProcessBuilder(command(file))
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        String output = new String(ssh.getInputStream().readAllBytes());
        boolean trusted = ssh.waitFor() == 0;
        assertThat(trusted || output.contains("Host key verification failed"))
                .as(output)
                .isTrue();
        return trusted;
    }

    private List<String> command(Path knownHosts) {
        Stream<String> options = Stream.of(
                "BatchMode=yes",
                "StrictHostKeyChecking=yes",
                "IdentityAgent=none",
                "IdentitiesOnly=yes",
                "IdentityFile=" + key.privateFile(),
                "GlobalKnownHostsFile=none",
                "UserKnownHostsFile=" + knownHosts);
        String port = Integer.toString(sshd.port());
        return Stream.of(
                        Stream.of("ssh", "-F", "none", "-T", "-p", port, "-l", sshd.user()),
                        options.flatMap(option -> Stream.of("-o", option)),
                        Stream.of(sshd.host(), "true"))
                .flatMap(words -> words)
                .toList();
    }
}
