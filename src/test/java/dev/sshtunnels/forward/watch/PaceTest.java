package dev.sshtunnels.forward.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.loop.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** On the loop that it has in an agent; with time moved by hand: see {@link TargetWatchTest}. */
class PaceTest {

    private static final Duration REFILL = Duration.ofMillis(100);

    @Test
    void whoIsHeldBackIsAskedAgainOnTheLoopWhenThereIsAToken() throws Exception {
        try (EventLoop loop = new EventLoop("test-loop")) {
            Held held = new Held(loop);
            loop.execute(held::start);

            assertThat(held.admittedAfter.get(20, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(REFILL);
        }
    }

    private static final class Held {

        private final CompletableFuture<Duration> admittedAfter = new CompletableFuture<>();
        private final EventLoop loop;
        private final long began = System.nanoTime();
        private final Pace pace;

        Held(EventLoop loop) {
            this.loop = loop;
            pace = new Pace(new TokenBucket(1, REFILL, began), LoopTime.of(loop), this::again);
        }

        void start() {
            if (!pace.admits() || pace.admits()) {
                admittedAfter.completeExceptionally(new AssertionError("one token at first"));
            }
        }

        private void again() {
            if (loop.isLoopThread() && pace.admits()) {
                admittedAfter.complete(Duration.ofNanos(System.nanoTime() - began));
            }
        }
    }
}
