package dev.sshtunnels.agent.session;

import dev.sshtunnels.agent.plan.Plan;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends sessions so that what they carry can end first. */
public final class SessionEnd {

    private static final Logger log = LoggerFactory.getLogger(SessionEnd.class);

    private final Function<Plan.Server, Duration> drainTimeout;
    private final Duration shutdownDelay;

    public SessionEnd(Function<Plan.Server, Duration> drainTimeout, Duration shutdownDelay) {
        this.drainTimeout = drainTimeout;
        this.shutdownDelay = shutdownDelay;
    }

    /**
     * Gives the remote ports back and lets local listeners serve on, then disconnects: not before the shutdown delay is
     * over, in which clients are still sent here, and then as soon as no connection is open or the drain time is over.
     */
    void drain(ActiveSession session, Plan plan) {
        session.forwards().closeRemote();
        Duration atLeast = session.forwards().listen() ? shutdownDelay : Duration.ZERO;
        disconnect(session, atLeast, drainTimeout.apply(plan.server()));
    }

    /** Lets what a session carries end, beside the caller, for a session that has a successor. */
    void retire(ActiveSession session, Plan plan) {
        Duration atMost = drainTimeout.apply(plan.server());
        Thread.ofVirtual().name("retired-session").start(() -> disconnect(session, Duration.ZERO, atMost));
    }

    private static void disconnect(ActiveSession session, Duration atLeast, Duration atMost) {
        try {
            awaitEnd(session, atLeast);
            int left = session.forwards().connections().awaitNone(atMost.minus(atLeast));
            if (left > 0) {
                log.atWarn()
                        .addKeyValue("connections", left)
                        .addKeyValue("drainTimeout", atMost)
                        .log("open connections are cut, the drain time is over");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        } finally {
            session.forwards().connections().giveUp();
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
