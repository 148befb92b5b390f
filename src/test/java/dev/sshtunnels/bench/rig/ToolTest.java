package dev.sshtunnels.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolTest {

    @Test
    void whatItWritesToBothStreamsIsItsResult() {
        assertThat(Tool.run(List.of("sh", "-c", "echo one; echo two >&2"), Duration.ofSeconds(10)))
                .isEqualTo("one\ntwo\n");
    }

    @Test
    void aFailureSaysWhatItWrote() {
        assertThatExceptionOfType(BrokenException.class)
                .isThrownBy(() -> Tool.run(List.of("sh", "-c", "echo why; exit 4"), Duration.ofSeconds(10)))
                .withMessageContaining("exited with 4")
                .withMessageContaining("why");
    }

    @Test
    void oneThatTakesTooLongIsEnded() {
        assertThatExceptionOfType(BrokenException.class)
                .isThrownBy(() -> Tool.run(List.of("sleep", "60"), Duration.ofMillis(50)))
                .withMessageContaining("longer than");
    }

    @Test
    void oneThatIsMissingIsNamed() {
        assertThatExceptionOfType(BrokenException.class)
                .isThrownBy(() -> Tool.run(List.of("/nowhere/tool"), Duration.ofSeconds(1)))
                .withMessageContaining("/nowhere/tool");
    }
}
