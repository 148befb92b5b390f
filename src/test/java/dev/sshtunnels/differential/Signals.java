package dev.sshtunnels.differential;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the two ends of a conversation tell each other beside the connection, so that its order is not left to timing. */
final class Signals {

    private final Map<String, CountDownLatch> latches = new ConcurrentHashMap<>();

    void tell(String what) {
        latch(what).countDown();
    }

    void await(String what) throws InterruptedException {
        if (!latch(what).await(Party.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the other end never told: " + what);
        }
    }

    private CountDownLatch latch(String what) {
        return latches.computeIfAbsent(what, _ -> new CountDownLatch(1));
    }
}
