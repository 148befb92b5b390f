package dev.sshtunnels.agent.observation;

import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.forward.contract.ConnectionAccount;
import dev.sshtunnels.forward.contract.ConnectionEnd;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.PeerText;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A line when a connection opens and one when it ends, for the tunnels that ask for it: {@code access.auditLog}.
 *
 * <p>What clients and servers say of themselves is untrusted: it is cut, and nothing but printable ASCII is left of it.
 */
public final class AuditLog {

    private static final Logger log = LoggerFactory.getLogger("dev.sshtunnels.audit");

    /** A host name has 253 characters, a port five. */
    private static final int MAX_TEXT = 260;

    private volatile Set<String> tunnels = Set.of();

    /** The tunnels that ask for it, from the next line on. Thread-safe. */
    public void of(Set<String> names) {
        tunnels = Set.copyOf(names);
    }

    void opened(ForwardKey key, Forward forward, ConnectionAccount connection) {
        if (tunnels.contains(key.tunnel())) {
            line(key, forward, connection).log("connection opened");
        }
    }

    void ended(ForwardKey key, Forward forward, ConnectionAccount connection, ConnectionEnd cause) {
        if (tunnels.contains(key.tunnel())) {
            line(key, forward, connection)
                    .addKeyValue("sent", connection.sent())
                    .addKeyValue("received", connection.received())
                    .addKeyValue("seconds", connection.age().toMillis() / 1000.0)
                    .addKeyValue("cause", cause)
                    .log("connection ended");
        }
    }

    private static LoggingEventBuilder line(ForwardKey key, Forward forward, ConnectionAccount connection) {
        return log.atInfo()
                .addKeyValue("forward", key)
                .addKeyValue("mode", forward.mode())
                .addKeyValue("source", PeerText.printable(connection.client().toString(), MAX_TEXT))
                .addKeyValue("target", PeerText.printable(connection.target().toString(), MAX_TEXT));
    }
}
