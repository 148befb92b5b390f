package dev.sshtunnels.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.ClientKeys.Format;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections that end after the server said which methods it takes, and before it answers the key. */
class LostLoginTest extends LoginScenario {

    /** The command that is to look up the key ends the process that asks for it, and with it the connection. */
    private static final String CUT = "kill -KILL $PPID";

    @Test
    void aLoginThatIsLostOnceIsNoRefusalAndSucceeds() throws Exception {
        String once = "mkdir " + directory.resolve("cut") + " && " + CUT + "; cat " + key.publicFile();
        try (Sshd sshd = lookingUpKeysWith(once)) {
            SshConnection connection = logins.connect(Logins.at(sshd, key));

            assertThat(connection.server().endpoint()).isEqualTo(endpoint(sshd));
            assertThat(directory.resolve("cut")).as("the first login was cut").isDirectory();
        }
    }

    @Test
    void theOtherEndpointsAreTriedFirst() throws Exception {
        try (Sshd cut = lookingUpKeysWith(CUT);
                Sshd good = Sshd.accepting(key)) {
            SshConnection connection = logins.connect(at(cut, good));

            assertThat(connection.server().endpoint()).isEqualTo(endpoint(good));
            cut.awaitNoSessions();
            assertThat(LoginTest.publicKeyRequests(cut)).isEqualTo(1);
        }
    }

    @Test
    void aServerThatIsGoneWhenItIsAskedOnceMoreHasOnlyBeenLost() throws Exception {
        String last = "kill -KILL $(sed -n s/PPid:.//p /proc/$PPID/status); " + CUT;
        try (Sshd sshd = lookingUpKeysWith(last)) {
            Finding finding = logins.failure(Logins.at(sshd, key));

            assertThat(finding.reason()).as(finding.message()).isEqualTo(Reason.ConnectionReset);
        }
    }

    @Test
    void aServerThatRefusesBehindALostOneIsHeard() throws Exception {
        try (Sshd cut = lookingUpKeysWith(CUT);
                Sshd refusing =
                        Sshd.accepting(new ClientKeys(Files.createTempDirectory(directory, "stranger")).ed25519())) {
            Finding finding = logins.failure(at(cut, refusing));

            assertThat(finding.reason()).isEqualTo(Reason.AuthenticationFailed);
            assertThat(finding.message()).contains("127.0.0.1:" + refusing.port(), "still accepts: publickey");
        }
    }

    @Test
    void aServerThatNeverAnswersTheKeyRefusesInItsOwnWay() throws Exception {
        try (Sshd sshd = lookingUpKeysWith(CUT)) {
            Finding finding = logins.failure(Logins.at(sshd, key));

            assertThat(finding.reason()).isEqualTo(Reason.AuthenticationFailed);
            assertThat(finding.message()).contains("instead of answering user", key.fingerprint());
            assertAsked(sshd, 2);
        }
    }

    @Test
    void aServerThatRefusedBeforeIsNotAskedOnceMore() throws Exception {
        try (Sshd sshd = lookingUpKeysWith(CUT)) {
            Finding finding = logins.failure(Logins.at(sshd, key), Rejections.NONE.by(endpoint(sshd)));

            assertThat(finding.reason()).isEqualTo(Reason.AuthenticationFailed);
            assertAsked(sshd, 1);
        }
    }

    @Test
    void aKeyOfATypeThatTheServerDoesNotTakeIsRefused() throws Exception {
        ClientKey rsa =
                new ClientKeys(Files.createTempDirectory(directory, "rsa")).make("rsa", 2048, Format.OPENSSH, "");
        try (Sshd sshd = Sshd.builder()
                .authorize(rsa)
                .config("PubkeyAcceptedAlgorithms ssh-ed25519")
                .start()) {
            assertThat(logins.failure(Logins.at(sshd, rsa)).reason()).isEqualTo(Reason.AuthenticationFailed);
        }
    }

    private static Sshd lookingUpKeysWith(String command) {
        return Sshd.builder()
                .config(
                        "AuthorizedKeysCommand /bin/sh -c \"" + command + "\"",
                        "AuthorizedKeysCommandUser " + System.getProperty("user.name"))
                .start();
    }

    private Login at(Sshd first, Sshd second) {
        HostKeyTrust trust = Logins.trust(first.hostKeyLine(), second.hostKeyLine());
        return Logins.with(Logins.with(Logins.at(first, key), trust), List.of(endpoint(first), endpoint(second)));
    }

    private static HostPort endpoint(Sshd sshd) {
        return new HostPort(sshd.host(), sshd.port());
    }

    private static void assertAsked(Sshd sshd, int times) {
        sshd.awaitNoSessions();
        assertThat(LoginTest.publicKeyRequests(sshd)).isEqualTo(times);
    }
}
