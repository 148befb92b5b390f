package dev.sshtunnels.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.ClientKeys.Format;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

    @TempDir
    Path directory;

    private final Logins logins = new Logins();
    private ClientKeys keys;

    @BeforeEach
    void makeKeys() {
        keys = new ClientKeys(directory);
    }

    @AfterEach
    void close() {
        logins.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"ed25519, 0", "ecdsa, 256", "ecdsa, 384", "ecdsa, 521", "rsa, 3072"})
    void everyTypeOfKeyLogsIn(String type, int bits) throws Exception {
        ClientKey key = keys.make(type, bits, Format.OPENSSH, "");
        try (Sshd sshd = Sshd.accepting(key)) {
            SshConnection connection = logins.connect(Logins.at(sshd, key));

            assertThat(connection.server().version()).startsWith("SSH-2.0-OpenSSH");
            assertThat(connection.server().hostKeyFingerprint()).isEqualTo(sshd.fingerprint("ed25519"));
            assertThat(connection.server().cipher()).isEqualTo("aes128-gcm@openssh.com");
            sshd.awaitLog("Accepted publickey for " + sshd.user());
            assertThat(publicKeyRequests(sshd))
                    .as("a question whether the key would do, and the signature")
                    .isEqualTo(2);
        }
    }

    @Test
    void anRsaKeyLogsInWhereOnlySha2SignaturesAreTaken() throws Exception {
        ClientKey key = keys.make("rsa", 2048, Format.OPENSSH, "");
        try (Sshd sshd = Sshd.builder()
                .authorize(key)
                .config("PubkeyAcceptedAlgorithms rsa-sha2-512")
                .start()) {
            logins.connect(Logins.at(sshd, key));
            sshd.awaitLog("Accepted publickey");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KexAlgorithms curve25519-sha256",
                "KexAlgorithms curve25519-sha256@libssh.org",
                "KexAlgorithms ecdh-sha2-nistp256",
                "KexAlgorithms ecdh-sha2-nistp384",
                "KexAlgorithms ecdh-sha2-nistp521",
                "KexAlgorithms diffie-hellman-group16-sha512",
                "KexAlgorithms diffie-hellman-group18-sha512",
                "KexAlgorithms diffie-hellman-group14-sha256",
                "Ciphers aes128-gcm@openssh.com",
                "Ciphers aes256-gcm@openssh.com",
                "Ciphers aes128-ctr",
                "Ciphers aes256-ctr",
                "Ciphers aes256-ctr|MACs hmac-sha2-256",
                "Ciphers aes256-ctr|MACs hmac-sha2-512",
                "Ciphers aes256-ctr|MACs hmac-sha2-512-etm@openssh.com"
            })
    void everyAlgorithmThatIsOfferedWorks(String only) throws Exception {
        ClientKey key = keys.ed25519();
        try (Sshd sshd = Sshd.builder().authorize(key).config(only.split("\\|")).start()) {
            SshConnection connection = logins.connect(Logins.at(sshd, key));
            assertThat(only)
                    .containsAnyOf(
                            connection.server().kex(), connection.server().cipher());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KexAlgorithms diffie-hellman-group14-sha1",
                "Ciphers aes128-cbc",
                "Ciphers aes128-ctr|MACs hmac-sha1",
                "HostKeyAlgorithms ssh-rsa"
            })
    void aServerWithWeakAlgorithmsOnlyIsRefusedWithBothLists(String weak) throws Exception {
        ClientKey key = keys.ed25519();
        try (Sshd sshd = Sshd.builder()
                .authorize(key)
                .hostKeys("rsa")
                .config(weak.split("\\|"))
                .start()) {
            Finding finding = logins.failure(Logins.at(sshd, key));

            String offered = weak.substring(weak.lastIndexOf(' ') + 1);
            assertThat(finding.reason()).isEqualTo(Reason.NoCommonAlgorithm);
            assertThat(finding.message())
                    .contains("the server offers: " + offered, "this agent offers: ", "sshd_config");
            sshd.awaitNoSessions();
            assertNothingOfAuthentication(sshd);
        }
    }

    @Test
    void aKeyThatTheServerDoesNotKnowIsOfferedOnce() throws Exception {
        ClientKey stranger = keys.ed25519();
        try (Sshd sshd = Sshd.accepting(keys.ed25519())) {
            Finding finding = logins.failure(Logins.at(sshd, stranger));

            assertThat(finding.reason()).isEqualTo(Reason.AuthenticationFailed);
            assertThat(finding.message())
                    .contains("127.0.0.1:" + sshd.port(), "\"" + sshd.user() + "\"", stranger.fingerprint())
                    .contains("still accepts: publickey", "authorized_keys");
            sshd.awaitNoSessions();
            assertThat(publicKeyRequests(sshd)).isEqualTo(1);
        }
    }

    @Test
    void aUserThatTheServerDoesNotKnowIsRefusedInTheSameWay() throws Exception {
        ClientKey key = keys.ed25519();
        try (Sshd sshd = Sshd.accepting(key)) {
            Finding finding = logins.failure(Logins.with(Logins.at(sshd, key), "nobody-here"));

            assertThat(finding.reason()).isEqualTo(Reason.AuthenticationFailed);
            assertThat(finding.message()).contains("\"nobody-here\"");
            sshd.awaitNoSessions();
            assertThat(publicKeyRequests(sshd)).isEqualTo(1);
        }
    }

    @Test
    void aServerThatWantsMoreThanTheKeySaysWhat() throws Exception {
        ClientKey key = keys.ed25519();
        try (Sshd sshd = Sshd.builder()
                .authorize(key)
                .config("PasswordAuthentication yes", "AuthenticationMethods publickey,password")
                .start()) {
            Finding finding = logins.failure(Logins.at(sshd, key));

            assertThat(finding.reason()).isEqualTo(Reason.AuthenticationFailed);
            assertThat(finding.message()).contains("accepted the key", "wants more: password");
        }
    }

    @Test
    void aServerThatEndsTheLoginIsQuoted() throws Exception {
        try (Sshd sshd = Sshd.builder()
                .authorize(keys.ed25519())
                .config("MaxAuthTries 1")
                .start()) {
            Finding finding = logins.failure(Logins.at(sshd, keys.ed25519()));

            assertThat(finding.reason()).isEqualTo(Reason.AuthenticationFailed);
            assertThat(finding.message()).contains("\"Too many authentication failures\"");
        }
    }

    @Test
    void aServerThatTakesNoKeysIsNotSentAny() throws Exception {
        ClientKey key = keys.ed25519();
        try (Sshd sshd = Sshd.builder()
                .authorize(key)
                .config("PasswordAuthentication yes", "PubkeyAuthentication no")
                .start()) {
            Finding finding = logins.failure(Logins.at(sshd, key));

            assertThat(finding.reason()).isEqualTo(Reason.AuthenticationFailed);
            assertThat(finding.message()).contains("does not let user", "still accepts: password");
            sshd.awaitNoSessions();
            assertThat(publicKeyRequests(sshd)).isZero();
        }
    }

    @Test
    void aLoginThatTakesLongerThanKeysLastSucceedsAndKeysAreRenewedAfterIt() throws Exception {
        ClientKey key = keys.ed25519();
        try (Sshd sshd = Sshd.accepting(key)) {
            logins.connect(Logins.renewingKeysEvery(Logins.at(sshd, key), Duration.ofMillis(1)));

            await().until(() -> sshd.logged("SSH2_MSG_NEWKEYS received") >= 2);
        }
    }

    @Test
    void theSecondEndpointServesWhenTheFirstRefuses() throws Exception {
        ClientKey key = keys.ed25519();
        Sshd stopped = Sshd.accepting(key);
        HostPort dead = new HostPort(stopped.host(), stopped.port());
        stopped.close();
        try (Sshd sshd = Sshd.accepting(key)) {
            HostPort alive = new HostPort(sshd.host(), sshd.port());
            Login login = Logins.with(Logins.at(sshd, key), List.of(dead, alive));

            assertThat(logins.connect(login).server().endpoint()).isEqualTo(alive);
        }
    }

    static long publicKeyRequests(Sshd sshd) {
        return sshd.log().stream()
                .filter(line -> line.contains("userauth-request") && line.contains("method publickey"))
                .count();
    }

    static void assertNothingOfAuthentication(Sshd sshd) {
        assertThat(sshd.logged("userauth-request")).isZero();
    }
}
