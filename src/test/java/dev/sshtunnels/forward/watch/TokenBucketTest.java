package dev.sshtunnels.forward.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final Duration REFILL = Duration.ofSeconds(10);

    private final HandMovedTime time = new HandMovedTime();
    private final TokenBucket bucket = new TokenBucket(3, REFILL, time.nanos());

    @Test
    void aFullBucketHasAllItsTokensAndNoMore() {
        assertThat(takeAll()).isEqualTo(3);
    }

    @Test
    void oneTokenComesBackAtATime() {
        takeAll();
        assertThat(bucket.untilNext(time.nanos())).isEqualTo(REFILL);

        time.passes(REFILL.minusNanos(1));
        assertThat(takeAll()).isZero();
        time.passes(Duration.ofNanos(1));
        assertThat(bucket.untilNext(time.nanos())).isZero();
        assertThat(takeAll()).isEqualTo(1);
        time.passes(REFILL.multipliedBy(2));
        assertThat(takeAll()).isEqualTo(2);
    }

    @Test
    void aBucketThatIsLeftAloneIsFullAndNotFuller() {
        takeAll();
        time.passes(Duration.ofHours(1));

        assertThat(takeAll()).isEqualTo(3);
    }

    @Test
    void aTokenThatIsTakenLateCostsNoneOfTheNext() {
        takeAll();
        time.passes(Duration.ofSeconds(15));
        assertThat(takeAll()).isEqualTo(1);

        assertThat(bucket.untilNext(time.nanos())).isEqualTo(Duration.ofSeconds(5));
    }

    private int takeAll() {
        int taken = 0;
        while (bucket.take(time.nanos())) {
            taken++;
        }
        return taken;
    }
}
