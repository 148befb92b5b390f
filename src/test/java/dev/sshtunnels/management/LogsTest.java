package dev.sshtunnels.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.jr.ob.JSON;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogsTest {

    private static final String HOSTILE = "first\nsecond\r\n\u001b[31mred\u2028\ttab";

    @Test
    void textIsTimeLevelMessageAndKeys() {
        LoggingEvent event = event("session is up", null);
        event.setKeyValuePairs(List.of(
                new KeyValuePair("endpoint", "bastion:22"),
                new KeyValuePair("said", "a \"quoted\" word"),
                new KeyValuePair("empty", "")));

        assertThat(line(new TextLines(), event))
                .isEqualTo("2026-11-21T04:05:06.789Z INFO  session is up endpoint=bastion:22"
                        + " said=\"a \\\"quoted\\\" word\" empty=\"\"\n");
    }

    @Test
    void lineBreaksAndTerminalControlsNeverReachTheLogAsTheyAre() {
        LoggingEvent event = event(HOSTILE, new IllegalStateException(HOSTILE, new RuntimeException("cause\nline")));
        event.setKeyValuePairs(List.of(new KeyValuePair("key", HOSTILE)));

        for (Encoder<ch.qos.logback.classic.spi.ILoggingEvent> encoder : encoders()) {
            String line = line(encoder, event);
            assertThat(line).endsWith("\n").contains("IllegalStateException").contains("cause");
            assertThat(line.strip().chars()).noneMatch(c -> c < ' ' || c == 0x7f);
        }
    }

    @Test
    void jsonKeepsNumbersAndText() throws Exception {
        LoggingEvent event = event("moved", null);
        event.setKeyValuePairs(List.of(new KeyValuePair("bytes", 17L), new KeyValuePair("tunnel", "db")));

        Map<String, Object> object = JSON.std.mapFrom(line(new JsonLines(), event));

        assertThat(object)
                .containsEntry("time", "2026-11-21T04:05:06.789Z")
                .containsEntry("level", "INFO")
                .containsEntry("message", "moved")
                .containsEntry("bytes", 17)
                .containsEntry("tunnel", "db");
    }

    @Test
    void librariesStayQuietEvenWhenThisProjectTellsEverything() {
        LoggerContext context = (LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory();

        Logs.configure(LogFormat.TEXT, org.slf4j.event.Level.TRACE);

        assertThat(context.getLogger("org.apache.sshd.client").getEffectiveLevel())
                .isEqualTo(Level.ERROR);
        assertThat(context.getLogger("dev.sshtunnels.ssh.transport.TunnelSession")
                        .getEffectiveLevel())
                .isEqualTo(Level.ERROR);
        assertThat(context.getLogger("io.fabric8").getEffectiveLevel()).isEqualTo(Level.WARN);
        assertThat(context.getLogger("dev.sshtunnels.agent").getEffectiveLevel())
                .isEqualTo(Level.TRACE);
        Logs.configure(LogFormat.TEXT, org.slf4j.event.Level.INFO);
    }

    @Test
    void theAuditLogIsWrittenHoweverQuietTheRestIs() {
        Logs.configure(LogFormat.TEXT, org.slf4j.event.Level.ERROR);

        assertThat(org.slf4j.LoggerFactory.getLogger("dev.sshtunnels.audit").isInfoEnabled())
                .isTrue();
        assertThat(org.slf4j.LoggerFactory.getLogger("dev.sshtunnels.agent").isInfoEnabled())
                .isFalse();
        Logs.configure(LogFormat.TEXT, org.slf4j.event.Level.INFO);
    }

    private static List<Encoder<ch.qos.logback.classic.spi.ILoggingEvent>> encoders() {
        return List.of(new TextLines(), new JsonLines());
    }

    private static LoggingEvent event(String message, Throwable cause) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event = new LoggingEvent("", context.getLogger("test"), Level.INFO, message, cause, new Object[0]);
        event.setInstant(Instant.parse("2026-11-21T04:05:06.789Z"));
        return event;
    }

    private static String line(Encoder<ch.qos.logback.classic.spi.ILoggingEvent> encoder, LoggingEvent event) {
        return new String(encoder.encode(event), UTF_8);
    }
}
