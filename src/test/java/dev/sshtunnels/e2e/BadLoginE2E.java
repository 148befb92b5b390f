package dev.sshtunnels.e2e;

import static dev.sshtunnels.api.ConditionType.Connected;
import static dev.sshtunnels.api.ConditionType.ResolvedRefs;
import static dev.sshtunnels.e2e.Manifests.database;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.ClientKeys.Format;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A login that cannot work says why, does no harm, and works as soon as it is mended")
class BadLoginE2E {

    @RegisterExtension
    static final TestNamespace namespace = new TestNamespace("login");

    /** The kubelet looks at mounted Secrets about once a minute, with some jitter. */
    private static final Duration SECRET_ARRIVES = Duration.ofSeconds(120);

    /** From the arrival of a good key to Ready. */
    private static final Duration MENDED = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private BastionSshd sshd;

    @BeforeEach
    void startSshd() {
        sshd = namespace.onPrem().sshd();
    }

    @AfterEach
    void stopSshd() {
        sshd.close();
    }

    @Test
    void aTunnelWaitsForItsServer() {
        namespace.apply(database("early", "late"));
        assertThat(namespace.tunnel("early").becomesFalse(ResolvedRefs, Reason.ServerNotFound))
                .contains("late");

        namespace.apply(server("late").yaml());

        namespace.tunnel("early").becomesReady();
        assertThat(namespace.client().psql("early", 5432, "select 1")).isEqualTo("1");
        assertThat(sshd.logged("userauth-request")).isPositive();
    }

    @Test
    void aKeyWithTheLineEndsOfAnotherSystemWorks() {
        String crlf = namespace.onPrem().clientKey().replace("\n", "\r\n");
        namespace.secret("crlf-key", Map.of("ssh-privatekey", crlf));
        namespace.apply(server("crlf").withSecret("crlf-key").yaml());

        namespace.server("crlf").becomesReady();
    }

    @Test
    void aMissingSecretAndABrokenKeyAreMendedWithoutTouchingTheServer() {
        namespace.secret("broken-key", Map.of("ssh-privatekey", "garbage"));
        namespace.apply(server("no-secret").withSecret("later-key").yaml()
                + database("no-secret", "no-secret")
                + "---\n"
                + server("broken").withSecret("broken-key").yaml()
                + database("broken", "broken"));
        assertThat(namespace.server("no-secret").becomesFalse(ResolvedRefs, Reason.SecretNotFound))
                .contains("later-key");
        namespace.tunnel("no-secret").becomes(ConditionType.Ready, "False", Reason.SecretNotFound);
        assertThat(namespace.server("broken").becomesFalse(ResolvedRefs, Reason.InvalidPrivateKey))
                .contains("broken-key")
                .doesNotContain("garbage");

        namespace.secret(
                "later-key", Map.of("ssh-privatekey", namespace.onPrem().clientKey()));
        namespace.secret(
                "broken-key", Map.of("ssh-privatekey", namespace.onPrem().clientKey()));

        for (String server : List.of("no-secret", "broken")) {
            awaitKeyInPod(server);
            await().atMost(MENDED).until(() -> namespace.tunnel(server).isReady());
        }
        assertThat(restarts("no-secret")).isEqualTo("0");
        assertThat(restarts("broken")).isEqualTo("0");
    }

    @Test
    void aPublicKeyInPlaceOfThePrivateOneIsRecognised() {
        namespace.secret("public-key", Map.of("ssh-privatekey", someKey().publicLine()));
        namespace.apply(server("public").withSecret("public-key").yaml());

        assertThat(namespace.server("public").becomesFalse(ResolvedRefs, Reason.InvalidPrivateKey))
                .contains("public key");
        assertThat(sshd.connections()).isZero();
    }

    @Test
    void aWrongPassphraseIsToldApartFromABrokenKey() {
        ClientKey key = new ClientKeys(directory).make("ed25519", 0, Format.OPENSSH, "correct horse");
        namespace.secret("locked-key", Map.of("ssh-privatekey", privateKey(key), "passphrase", "battery staple"));
        namespace.apply(server("locked").withSecret("locked-key").yaml("passphrase"));

        assertThat(namespace.server("locked").becomesFalse(ResolvedRefs, Reason.WrongPassphrase))
                .contains("locked-key")
                .doesNotContain("battery staple");
    }

    @Test
    void aKeyThatIsNotInTheSecretIsNamed() {
        namespace.secret("other-key", Map.of("id_ed25519", namespace.onPrem().clientKey()));
        namespace.apply(server("misnamed").withSecret("other-key").yaml());

        assertThat(namespace.server("misnamed").becomesFalse(ResolvedRefs, Reason.SecretKeyMissing))
                .contains("other-key", "ssh-privatekey");
    }

    @Test
    void anUnknownHostKeyGetsNoLoginAttempt() {
        String elsewhere = "elsewhere.example " + someKey().publicLine();
        namespace.apply(server("unknown").withKnownHosts(elsewhere).yaml());

        assertThat(namespace.server("unknown").becomesFalse(Connected, Reason.HostKeyUnknown))
                .contains(sshd.fingerprint());
        assertThat(sshd.connections()).isPositive();
        assertThat(sshd.logged("userauth-request")).isZero();
    }

    @Test
    void aChangedHostKeyGetsNoLoginAttemptAndBothFingerprintsAreShown() {
        ClientKey expected = someKey();
        namespace.apply(
                server("changed").withKnownHosts(sshd.knownHosts(expected)).yaml());

        assertThat(namespace.server("changed").becomesFalse(Connected, Reason.HostKeyMismatch))
                .contains(sshd.fingerprint(), expected.fingerprint());
        assertThat(sshd.connections()).isPositive();
        assertThat(sshd.logged("userauth-request")).isZero();
    }

    @Test
    void aKeyThatTheServerRefusesIsNotTriedAgainAndAgain() {
        ClientKey key = someKey();
        namespace.secret("stranger-key", Map.of("ssh-privatekey", privateKey(key)));
        namespace.apply(server("stranger").withSecret("stranger-key").yaml() + database("stranger", "stranger"));

        assertThat(namespace.server("stranger").becomesFalse(Connected, Reason.AuthenticationFailed))
                .contains("publickey");
        namespace.tunnel("stranger").becomes(ConditionType.Ready, "False", Reason.AuthenticationFailed);
        staysCalm("stranger");
    }

    @Test
    void aUserThatTheServerDoesNotKnowIsNotTriedAgainAndAgain() {
        namespace.apply(server("nobody").withUser("nobody-here").yaml());

        assertThat(namespace.server("nobody").becomesFalse(Connected, Reason.AuthenticationFailed))
                .contains("nobody-here");
        staysCalm("nobody");
    }

    private void staysCalm(String server) {
        await().during(Duration.ofSeconds(8))
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> sshd.connections() <= 2);
        assertThat(restarts(server)).isEqualTo("0");
    }

    private static void awaitKeyInPod(String server) {
        String look = "grep -rq 'BEGIN OPENSSH PRIVATE KEY' /etc/sshtunnel/secrets";
        await().atMost(SECRET_ARRIVES)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> namespace
                        .kubectl()
                        .run("exec", "deployment/" + server + "-ssh", "--", "sh", "-c", look)
                        .succeeded());
    }

    private ClientKey someKey() {
        return new ClientKeys(directory).ed25519();
    }

    private static String privateKey(ClientKey key) {
        return new String(key.bytes(), StandardCharsets.US_ASCII);
    }

    private Manifests.Server server(String name) {
        return Manifests.Server.of(name, namespace.onPrem(), sshd);
    }

    private static String restarts(String server) {
        return namespace
                .kubectl()
                .ask(
                        "get",
                        "pods",
                        "-l",
                        "sshtunnels.dev/server=" + server,
                        "-o",
                        "jsonpath={.items[*].status.containerStatuses[*].restartCount}");
    }
}
