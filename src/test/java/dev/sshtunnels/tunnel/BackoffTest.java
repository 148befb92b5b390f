package dev.sshtunnels.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sshtunnels.tunnel.Backoff.Spread;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Spread(0.8, 1.2));

    @Test
    void doublesWithEachFailureUntilTheMaximum() {
        RandomGenerator middle = () -> Long.MIN_VALUE; // nextDouble() == 0.5: no jitter

        assertThat(backoff.delay(1, middle)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.delay(2, middle)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.delay(6, middle)).isEqualTo(Duration.ofSeconds(32));
        assertThat(backoff.delay(7, middle)).isEqualTo(Duration.ofSeconds(60));
        assertThat(backoff.delay(Integer.MAX_VALUE, middle)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void waitsLieAnywhereWithinTheSpread() {
        RandomGenerator random = new SplittableRandom(7);

        var waits = java.util.stream.Stream.generate(() -> backoff.delay(4, random))
                .limit(1000)
                .toList();

        assertThat(waits)
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofMillis(6400), Duration.ofMillis(9600)));
        assertThat(waits).anySatisfy(wait -> assertThat(wait).isLessThan(Duration.ofMillis(6600)));
        assertThat(waits).anySatisfy(wait -> assertThat(wait).isGreaterThan(Duration.ofMillis(9400)));
    }

    @Test
    void aMaximumBelowTheInitialWaitMeansTheInitialWait() {
        assertThat(new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(1), new Spread(1, 1)).max())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aWaitOfZeroIsRefused() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1), new Spread(1, 1)))
                .hasMessageContaining("more than zero");
    }

    @Test
    void aSpreadThatGoesBackwardsIsRefused() {
        assertThatThrownBy(() -> new Spread(2, 1)).hasMessageContaining("no spread from 2.0 to 1.0");
    }
}
