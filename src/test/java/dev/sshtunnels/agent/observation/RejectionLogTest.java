package dev.sshtunnels.agent.observation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.api.Reason;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RejectionLogTest {

    private static final ForwardKey DB = new ForwardKey("db", "tunnel");
    private static final ForwardKey WEB = new ForwardKey("web", "tunnel");
    private static final InetAddress SOURCE = InetAddress.ofLiteral("192.0.2.7");

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.sshtunnels.agent");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Instant now = Instant.EPOCH;
    private final RejectionLog log = new RejectionLog(() -> now);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    @Test
    void theFirstOfEachCauseIsTold() {
        log.rejected(DB, Reason.SourceNotAllowed, SOURCE);
        log.rejected(DB, Reason.TooManyConnections, SOURCE);
        log.rejected(WEB, Reason.SourceNotAllowed, SOURCE);

        assertThat(lines.list).hasSize(3);
        assertThat(lines.list.getFirst().getFormattedMessage()).contains("in none of access.sourceRanges");
        assertThat(lines.list.getFirst().getKeyValuePairs().toString()).contains("db/tunnel", "192.0.2.7");
    }

    @Test
    void thenOneAMinuteTellsHowManyWereNotTold() {
        for (int i = 0; i < 1000; i++) {
            log.rejected(DB, Reason.SourceNotAllowed, SOURCE);
        }
        assertThat(lines.list).hasSize(1);

        now = now.plus(Duration.ofMinutes(1));
        log.rejected(DB, Reason.SourceNotAllowed, SOURCE);
        log.rejected(DB, Reason.SourceNotAllowed, SOURCE);

        assertThat(lines.list).hasSize(2);
        assertThat(lines.list.getLast().getKeyValuePairs().toString()).contains("more=\"999\"");
    }
}
