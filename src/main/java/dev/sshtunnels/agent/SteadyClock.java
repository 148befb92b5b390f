package dev.sshtunnels.agent;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Goes on evenly from the time of its making, whatever is done to the system's clock: a clock that is set back by an hour
 * must not make an agent wait an hour longer.
 */
final class SteadyClock implements InstantSource {

    private final Instant began;
    private final LongSupplier nanoTime;
    private final long beganNanos;

    /**
     * @param system tells what time it is now, and is not asked again
     * @param nanoTime nanoseconds since any moment, such as {@link System#nanoTime}
     */
    SteadyClock(InstantSource system, LongSupplier nanoTime) {
        this.began = system.instant();
        this.nanoTime = nanoTime;
        this.beganNanos = nanoTime.getAsLong();
    }

    @Override
    public Instant instant() {
        return began.plusNanos(nanoTime.getAsLong() - beganNanos);
    }
}
