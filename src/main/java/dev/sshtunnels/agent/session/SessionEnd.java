package dev.sshtunnels.agent.session;

import dev.sshtunnels.agent.plan.Plan;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends sessions so that what they carry can end first; supervisor's thread only. */
public final class SessionEnd {

    private static final Logger log = LoggerFactory.getLogger(SessionEnd.class);

    private final Function<Plan.Server, Duration> drainTimeout;
    private final Duration shutdownDelay;
    private final Map<Thread, OpenConnections> retiring = new ConcurrentHashMap<>();

    public SessionEnd(Function<Plan.Server, Duration> drainTimeout, Duration shutdownDelay) {
        this.drainTimeout = drainTimeout;
        this.shutdownDelay = shutdownDelay;
    }

    /**
     * Ends all that is left, and returns when it has ended: the session in use, and those that retired before it and
     * still carry connections. These have the rest of their time, and no more than the drain time from now on.
     *
     * @param active null for none
     */
    void drain(ActiveSession active, Plan plan) {
        Duration atMost = drainTimeout.apply(plan.server());
        // First, since their time passes while the session in use serves on.
        retiring.values().forEach(connections -> connections.endWithin(atMost));
        if (active != null) {
            serveOn(active, atMost);
        }
        awaitRetired();
    }

    /**
     * Gives the remote ports back and lets local listeners serve on, then disconnects: not before the shutdown delay is
     * over, in which clients are still sent here, and then as soon as no connection is open or the drain time is over.
     */
    private void serveOn(ActiveSession session, Duration atMost) {
        session.forwards().closeRemote();
        Duration atLeast = session.forwards().listen() ? shutdownDelay : Duration.ZERO;
        disconnect(session, atLeast, atMost);
    }

    private void awaitRetired() {
        try {
            for (Thread end : retiring.keySet()) {
                end.join();
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets what a session carries end, beside the caller, for a session that has a successor. */
    void retire(ActiveSession session, Plan plan) {
        Duration atMost = drainTimeout.apply(plan.server());
        Thread end = Thread.ofVirtual().name("retired-session").unstarted(() -> {
            try {
                disconnect(session, Duration.ZERO, atMost);
            } finally {
                retiring.remove(Thread.currentThread());
            }
        });
        retiring.put(end, session.forwards().connections());
        end.start();
    }

    private static void disconnect(ActiveSession session, Duration atLeast, Duration atMost) {
        OpenConnections connections = session.forwards().connections();
        connections.endWithin(atMost);
        try {
            awaitEnd(session, atLeast);
            int left = connections.awaitNone();
            if (left > 0) {
                log.atWarn()
                        .addKeyValue("connections", left)
                        .log("open connections are cut, agent.drainTimeout is over");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        } finally {
            connections.giveUp();
            session.connection().close();
        }
    }

    /** Waits, unless the session ends by itself. */
    private static void awaitEnd(ActiveSession session, Duration atMost) throws InterruptedException {
        try {
            session.connection().closed().toCompletableFuture().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException served) {
            // it carries connections on, or nothing any more
        }
    }
}
