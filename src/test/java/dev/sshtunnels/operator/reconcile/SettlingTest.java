package dev.sshtunnels.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettlingTest {

    private static final ResourceID TUNNEL = new ResourceID("orders-db", "shop");
    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    private final Settling settling = new Settling();

    @Test
    void endpointsHaveSettledWhenTheyHaveBeenTheSameForTheWholeTime() {
        assertThat(left(0, "a")).isEqualTo(Settling.TIME);
        assertThat(left(500, "a")).isEqualTo(Settling.TIME.minusMillis(500));
        assertThat(left(2_000, "a")).isZero();
        assertThat(left(9_000, "a")).isZero();
    }

    @Test
    void anEndpointThatComesOrGoesBeginsTheTimeAnew() {
        left(0, "a");

        assertThat(left(3_000, "a", "b")).isEqualTo(Settling.TIME);
        assertThat(left(4_000, "b")).isEqualTo(Settling.TIME);
        assertThat(left(6_000, "b")).isZero();
    }

    @Test
    void aTunnelThatIsMadeAnewIsNotTakenForTheOneThatIsGone() {
        left(0, "a");
        var other = new ResourceID("other", "shop");

        settling.left(other, Set.of("b"), BEGIN, () -> Set.of(other));

        assertThat(left(5_000, "a")).isEqualTo(Settling.TIME);
    }

    @Test
    void aClockThatIsSetBackCostsTheUsualTimeAndNoMore() {
        left(3_600_000, "a");

        assertThat(left(0, "a")).isEqualTo(Settling.TIME);
        assertThat(left(2_000, "a")).isZero();
    }

    private Duration left(long millis, String... ways) {
        return settling.left(TUNNEL, Set.of(ways), BEGIN.plusMillis(millis), () -> Set.of(TUNNEL));
    }
}
