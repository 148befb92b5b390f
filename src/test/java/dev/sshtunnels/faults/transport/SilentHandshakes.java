package dev.sshtunnels.faults.transport;

import static org.awaitility.Awaitility.await;

import dev.sshtunnels.faults.inject.ByteFault;
import dev.sshtunnels.faults.inject.FaultProxy;
import dev.sshtunnels.faults.inject.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server that falls silent at one place of the handshake after the other, a place for each attempt to log in. */
final class SilentHandshakes {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final FaultProxy proxy;
    private final int first;
    private final List<Long> places;

    /** All attempts from now on are at these places: numbers of bytes that the server could send. */
    SilentHandshakes(FaultProxy proxy, List<Long> places) {
        this.proxy = proxy;
        this.places = places;
        this.first = proxy.accepted();
        proxy.onNewConnections(number ->
                new ByteFault.FreezeAfter(Way.TO_CLIENT, places.get(Math.min(number - first, places.size() - 1))));
    }

    /** The longest time from one attempt to the next, which is the deadline and the pause after it. */
    Duration longest() {
        List<Duration> times = new ArrayList<>();
        awaitAttempt(1);
        for (int attempt = 2; attempt <= places.size(); attempt++) {
            long begin = System.nanoTime();
            awaitAttempt(attempt);
            times.add(Duration.ofNanos(System.nanoTime() - begin));
        }
        return times.stream().max(Duration::compareTo).orElseThrow();
    }

    private void awaitAttempt(int number) {
        await("attempt " + number + ", of which the server sends " + places.get(number - 1) + " bytes")
                .pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .until(() -> proxy.accepted() - first >= number);
    }
}
