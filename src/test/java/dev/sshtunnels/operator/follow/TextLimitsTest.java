package dev.sshtunnels.operator.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.report.SessionReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextLimitsTest {

    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(TextLimits.text("connect to [2001:db8::1]:22: Zeit überschritten"))
                .isEqualTo("connect to [2001:db8::1]:22: Zeit überschritten");
    }

    @Test
    void escapeSequencesAndLineBreaksAreTakenOut() {
        assertThat(TextLimits.text("\u001b[31mred\u0007\nnext\tline\u0000")).isEqualTo("[31mred next line");
    }

    @Test
    void charactersThatTurnTheDirectionOfTextAreTakenOut() {
        assertThat(TextLimits.text("safe\u202e\u200btxt")).isEqualTo("safetxt");
    }

    @Test
    void halvesOfSurrogatePairsAreTakenOut() {
        assertThat(TextLimits.text("a\ud83db")).isEqualTo("ab");
    }

    @Test
    void longTextIsCutAtOneKibibyte() {
        assertThat(TextLimits.text("x".repeat(10_000_000))).hasSize(1024).endsWith("x...");
    }

    @Test
    void aCutNeverSplitsACharacter() {
        String cut = TextLimits.text("x" + "\ud83d\ude00".repeat(1000));

        assertThat(cut).hasSizeLessThanOrEqualTo(1024).endsWith("...");
        assertThat(cut.codePoints()).noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    @Test
    void whatAnAgentSaysOfItsDocumentsIsCleanedLikeTheRest() {
        var session = new SessionReport(true, Reason.Connected, "up\n", 1, null, null, null, null, null, null, null);

        AgentReport shown =
                TextLimits.applied(new AgentReport(1, "notes.yaml:1:\n\u001b[31mno kind", session, List.of()));

        assertThat(shown.problem()).isEqualTo("notes.yaml:1: [31mno kind");
        assertThat(shown.session().message()).isEqualTo("up ");
    }

    @Test
    void absentTextStaysAbsent() {
        assertThat(TextLimits.text(null)).isNull();
    }
}
