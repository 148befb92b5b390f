package dev.sshtunnels.agent;

import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends sessions so that what they carry can end first. */
final class SessionEnd {

    private static final Logger log = LoggerFactory.getLogger(SessionEnd.class);

    private final Function<Plan.Server, Duration> drainTimeout;

    SessionEnd(Function<Plan.Server, Duration> drainTimeout) {
        this.drainTimeout = drainTimeout;
    }

    /**
     * Gives the remote ports back, lets local listeners serve on for as long as connections are open (whoever watches
     * readiness sends no new ones), then disconnects.
     */
    void drain(ActiveSession session, Plan plan) {
        session.forwards().closeRemote();
        disconnect(session, drainTimeout.apply(plan.server()));
    }

    /** Does the same beside the caller, for a session that has a successor. */
    void retire(ActiveSession session, Plan plan) {
        Duration atMost = drainTimeout.apply(plan.server());
        Thread.ofVirtual().name("retired-session").start(() -> disconnect(session, atMost));
    }

    private static void disconnect(ActiveSession session, Duration atMost) {
        try {
            int left = session.forwards().connections().awaitNone(atMost);
            if (left > 0) {
                log.atWarn()
                        .addKeyValue("connections", left)
                        .addKeyValue("drainTimeout", atMost)
                        .log("open connections are cut, the drain time is over");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        } finally {
            session.connection().close();
        }
    }
}
