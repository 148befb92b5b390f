package dev.sshtunnels.agent.observation;

import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.api.Reason;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log says of clients that are not let in: the first of each cause at once, and then no more than one a minute,
 * since whoever is rejected tends to come again. Event loop only.
 */
final class RejectionLog {

    private static final Logger log = LoggerFactory.getLogger("dev.sshtunnels.agent");
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<Cause, Told> told = new HashMap<>();

    private record Cause(ForwardKey forward, Reason reason) {}

    /**
     * The last line about a cause.
     *
     * @param since number of clients that were rejected after it, without a line
     */
    private record Told(Instant at, int since) {}

    RejectionLog(InstantSource clock) {
        this.clock = clock;
    }

    void rejected(ForwardKey forward, Reason reason, InetAddress source) {
        Cause cause = new Cause(forward, reason);
        Told last = told.get(cause);
        Instant now = clock.instant();
        if (last != null && now.isBefore(last.at().plus(QUIET))) {
            told.put(cause, new Told(last.at(), last.since() + 1));
            return;
        }
        told.put(cause, new Told(now, 0));
        log.atWarn()
                .addKeyValue("forward", forward)
                .addKeyValue("reason", reason)
                .addKeyValue("source", source.getHostAddress())
                .addKeyValue("more", last == null ? 0 : last.since())
                .log("a client was rejected: {}", words(reason));
    }

    private static String words(Reason reason) {
        return switch (reason) {
            case SourceNotAllowed -> "its address is in none of access.sourceRanges";
            case TooManyConnections -> "access.maxConnections are open";
            case TooManyConnectionsFromSource -> "access.maxConnectionsPerSource are open from its address";
            default -> "the credentials of access.socks.credentialsSecretRef are missing or broken";
        };
    }
}
