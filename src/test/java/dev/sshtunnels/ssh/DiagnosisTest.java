package dev.sshtunnels.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.ssh.SessionJournal.AuthFailure;
import dev.sshtunnels.tunnel.Finding;
import java.io.EOFException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the end of an authentication was, by what was seen of it. */
class DiagnosisTest {

    private static final AuthFailure TAKES_KEYS = new AuthFailure("publickey,password", false);

    private final SessionJournal journal = new SessionJournal();

    @Test
    void theEndOfTheConnectionBeforeTheAnswerToTheKeyIsALoss() {
        journal.authenticationFailed(TAKES_KEYS);
        assertThat(finding(LastAnswer.NOT_ASKED).reason()).isEqualTo(Reason.ConnectionReset);
    }

    @Test
    void anErrorOfTheSocketBeforeTheAnswerToTheKeyIsALossToo() {
        journal.authenticationFailed(TAKES_KEYS);
        journal.sessionException(null, new EOFException("cut"));
        assertThat(finding(LastAnswer.NOT_ASKED).reason()).isEqualTo(Reason.ConnectionReset);
    }

    @ParameterizedTest
    @EnumSource(names = {"MISSING", "REFUSAL"})
    void anotherKeyWithoutAnAnswerIsARefusal(LastAnswer before) {
        journal.authenticationFailed(TAKES_KEYS);
        Finding finding = finding(before);
        assertThat(finding.reason()).isEqualTo(Reason.AuthenticationFailed);
        assertThat(finding.message()).contains("bastion:22", "\"user\"", "ssh-ed25519 SHA256:abc", "its log says why");
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsLostBeforeTheKeyWasSentIsNone(LastAnswer before) {
        assertThat(finding(before).reason()).isEqualTo(Reason.ConnectionReset);
    }

    @Test
    void whatTheServerAnswersToTheKeyCountsThoughTheConnectionEndsAfterIt() {
        journal.authenticationFailed(TAKES_KEYS);
        journal.authenticationFailed(TAKES_KEYS);
        assertThat(finding(LastAnswer.NOT_ASKED).reason()).isEqualTo(Reason.AuthenticationFailed);
    }

    @Test
    void aKeyThatThisSideCannotOfferIsRefused() {
        journal.authenticationFailed(new AuthFailure("password", false));
        Finding finding = diagnosis(LastAnswer.NOT_ASKED).authenticationFailed("user", "key", true);
        assertThat(finding.reason()).isEqualTo(Reason.AuthenticationFailed);
        assertThat(finding.message()).contains("still accepts: password");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "2, Too many authentication failures, AuthenticationFailed",
        "2, too many authentication failures, AuthenticationFailed",
        "14, No supported authentication methods available, AuthenticationFailed",
        "14, '', AuthenticationFailed",
        "15, no such user, AuthenticationFailed",
        "11, Auth fail, AuthenticationFailed",
        "11, Permission denied, AuthenticationFailed",
        "11, down for maintenance, ServerDisconnected",
        "12, too many connections, ServerDisconnected",
        "2, Packet corrupt, ServerDisconnected"
    })
    void aServerThatEndsTheLoginSaysWhetherItIsTheLogin(int code, String text, Reason reason) {
        assertEndIs(code, text, reason);
        journal.authenticationFailed(TAKES_KEYS);
        assertEndIs(code, text, reason);
    }

    @Test
    void whateverAServerSaysAfterItRefusedTheKeyItIsTheLogin() {
        journal.authenticationFailed(TAKES_KEYS);
        journal.authenticationFailed(TAKES_KEYS);
        assertEndIs(11, "bye", Reason.AuthenticationFailed);
    }

    private void assertEndIs(int code, String text, Reason reason) {
        journal.sessionDisconnect(null, code, text, "", false);
        Finding finding = finding(LastAnswer.NOT_ASKED);
        assertThat(finding.reason()).isEqualTo(reason);
        assertThat(finding.message()).contains("\"" + text + "\"");
    }

    private Finding finding(LastAnswer before) {
        return diagnosis(before).authenticationFailed("user", "ssh-ed25519 SHA256:abc", false);
    }

    private Diagnosis diagnosis(LastAnswer before) {
        return new Diagnosis("bastion:22", journal, before);
    }
}
