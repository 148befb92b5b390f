package dev.sshtunnels.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** Near its largest value, behind which it goes on with the smallest. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

    private final AtomicReference<Instant> system = new AtomicReference<>(NOON);
    private final SteadyClock clock = new SteadyClock(system::get, nanos::get);

    @Test
    void aSystemClockThatIsSetBackDoesNotSetItBack() {
        nanos.addAndGet(5_000_000_000L);
        system.set(NOON.minusSeconds(3600));

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(5));
    }
}
