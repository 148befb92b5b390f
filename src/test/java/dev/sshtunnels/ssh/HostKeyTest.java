package dev.sshtunnels.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.tunnel.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostKeyTest extends LoginScenario {

    private Sshd sshd;

    @BeforeEach
    void startServer() {
        sshd = Sshd.builder().authorize(key).hostKeys("ed25519", "ecdsa", "rsa").start();
    }

    @AfterEach
    void stopServer() {
        sshd.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
    void oneKnownTypeOfKeyIsEnoughThoughTheServerHasOthers(String type) throws Exception {
        SshConnection connection = connect(Logins.trust(sshd.hostKeyLine(sshd.host(), type)));
        assertThat(connection.server().hostKeyFingerprint()).isEqualTo(sshd.fingerprint(type));
    }

    @Test
    void aHashedLineOfSshKeygenIsFound() throws Exception {
        Path file = Files.writeString(directory.resolve("known_hosts"), sshd.hostKeyLine() + "\n");
        assertThat(new ProcessBuilder("ssh-keygen", "-q", "-H", "-f", file.toString())
                        .start()
                        .waitFor())
                .isZero();
        List<String> hashed = Files.readAllLines(file);
        assertThat(hashed.getFirst()).startsWith("|1|");

        connect(Logins.trust(hashed.toArray(String[]::new)));
    }

    @Test
    void aFingerprintIsEnough() throws Exception {
        connect(new HostKeyTrust(List.of(), List.of(sshd.fingerprint("ed25519")), null, "spec.hostKeys"));
    }

    @Test
    void anUnknownKeyEndsTheLoginBeforeItBeginsAndShowsTheLineToAdd() throws Exception {
        Finding finding = logins.failure(login(Logins.trust("elsewhere.example.org " + sshd.hostKey("ed25519"))));

        assertThat(finding.reason()).isEqualTo(Reason.HostKeyUnknown);
        assertThat(finding.message())
                .contains(sshd.fingerprint("ed25519"), sshd.hostKeyLine(), "spec.hostKeys.knownHosts")
                .doesNotContain("\n");
        sshd.awaitNoSessions();
        LoginTest.assertNothingOfAuthentication(sshd);
    }

    @Test
    void aChangedKeyEndsTheLoginBeforeItBeginsAndShowsBothFingerprints() throws Exception {
        try (Sshd other = Sshd.accepting(key)) {
            String expected = "[127.0.0.1]:" + sshd.port() + " " + other.hostKey("ed25519");
            Finding finding = logins.failure(login(Logins.trust(expected)));

            assertThat(finding.reason()).isEqualTo(Reason.HostKeyMismatch);
            assertThat(finding.message()).contains(sshd.fingerprint("ed25519"), other.fingerprint("ed25519"));
            sshd.awaitNoSessions();
            LoginTest.assertNothingOfAuthentication(sshd);
        }
    }

    @Test
    void aRevokedKeyEndsTheLoginBeforeItBegins() throws Exception {
        Finding finding =
                logins.failure(login(Logins.trust(sshd.hostKeyLine(), "@revoked * " + sshd.hostKey("ed25519"))));

        assertThat(finding.reason()).isEqualTo(Reason.HostKeyRevoked);
        sshd.awaitNoSessions();
        LoginTest.assertNothingOfAuthentication(sshd);
    }

    @Test
    void aBrokenListMakesNoConnectionAtAll() throws Exception {
        Finding finding = logins.failure(login(Logins.trust(sshd.hostKeyLine(), "garbage")));

        assertThat(finding.reason()).isEqualTo(Reason.InvalidKnownHosts);
        assertThat(sshd.logged("Connection from")).isZero();
    }

    private SshConnection connect(HostKeyTrust trust) throws Exception {
        return logins.connect(login(trust));
    }

    private Login login(HostKeyTrust trust) {
        return Logins.with(Logins.at(sshd, key), trust);
    }
}
