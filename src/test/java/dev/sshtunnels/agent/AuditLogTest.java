package dev.sshtunnels.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.SocksClient;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log says of each connection of a tunnel that wants it; the whole agent against a real sshd. */
class AuditLogTest extends AgentScenario {

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.sshtunnels.audit");
    private final Lines lines = new Lines();
    private int port;

    @BeforeEach
    void start() throws IOException {
        port = Ports.OF_THIS_RUN.next();
        agent.server(sshd, "agent: {drainTimeout: 1s}").key(key);
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void aConnectionHasALineWhenItOpensAndOneWhenItEnds() throws Exception {
        local("access: {auditLog: true}").start().awaitReady();
        int source;
        try (Socket client = new Socket("127.0.0.1", port)) {
            source = client.getLocalPort();
            client.getOutputStream().write(new byte[5]);
            assertThat(client.getInputStream().readNBytes(5)).hasSize(5);
            assertThat(lines.next())
                    .containsEntry("message", "connection opened")
                    .containsEntry("forward", "db/tunnel")
                    .containsEntry("mode", "L")
                    .containsEntry("source", "127.0.0.1:" + source)
                    .containsEntry("target", "127.0.0.1:" + echo.port())
                    .doesNotContainKey("cause");
        }
        Map<String, String> end = lines.next();
        assertThat(end)
                .containsEntry("message", "connection ended")
                .containsEntry("source", "127.0.0.1:" + source)
                .containsEntry("sent", "5")
                .containsEntry("received", "5")
                .containsEntry("cause", "ClientClosed");
        assertThat(Double.parseDouble(end.get("seconds"))).isBetween(0.0, 20.0);
    }

    @Test
    void aConnectionThroughARemoteForwardIsThatOfTheServersClient() throws Exception {
        agent.tunnel(
                        "web",
                        "mode: R",
                        "listen: {address: 127.0.0.1, port: " + port + "}",
                        "target: {host: 127.0.0.1, port: " + echo.port() + "}",
                        "access: {auditLog: true}")
                .start();
        await().atMost(PATIENCE)
                .until(() -> agent.status()
                        .tunnels()
                        .getFirst()
                        .forwards()
                        .getFirst()
                        .ready());
        int source;
        try (Socket client = new Socket("127.0.0.1", port)) {
            source = client.getLocalPort();
            client.getOutputStream().write(new byte[3]);
            assertThat(client.getInputStream().readNBytes(3)).hasSize(3);
        }

        assertThat(lines.next())
                .containsEntry("mode", "R")
                .containsEntry("source", "127.0.0.1:" + source)
                .containsEntry("target", "127.0.0.1:" + echo.port());
        assertThat(lines.next()).containsEntry("received", "3").containsEntry("cause", "ClientClosed");
    }

    @Test
    void theDestinationOfASocksClientIsNoMoreThanPrintableText() throws Exception {
        agent.tunnel("proxy", "mode: D", "listen: {address: 127.0.0.1, port: " + port + "}", "access: {auditLog: true}")
                .start()
                .awaitReady();
        try (SocksClient client = new SocksClient(port)) {
            assertThat(client.connect("gr\u00fc\u00dfe.invalid", 80)).isPositive();
        }

        assertThat(lines.next()).containsEntry("mode", "D").containsEntry("target", "gr??e.invalid:80");
        assertThat(lines.next()).containsEntry("cause", "TargetNotReached");
    }

    @Test
    void itCanBeSwitchedOnAndOffWhileConnectionsAreOpen() throws Exception {
        local().start().awaitReady();
        try (Exchange unheard = Exchange.with(port)) {
            unheard.say("before");
            local("access: {auditLog: true}");
            await().atMost(PATIENCE).until(() -> Exchange.works(port) && !lines.isEmpty());
            assertThat(unheard.say("after")).isEqualTo("after");
        }
        // Those that asked whether it is on already have lines too.
        await().atMost(PATIENCE).until(() -> "11".equals(lines.nextEnd().get("sent")));

        local();
        await().atMost(PATIENCE).until(() -> {
            lines.clear();
            return Exchange.works(port) && lines.isEmpty();
        });
    }

    @Test
    void whatAnEndingAgentCutsWasDrained() throws Exception {
        local("access: {auditLog: true}").start().awaitReady();
        try (Exchange stays = Exchange.with(port)) {
            stays.say("ping");
            assertThat(lines.next()).containsEntry("message", "connection opened");

            agent.stop();

            assertThat(lines.next()).containsEntry("cause", "Drained");
        }
    }

    private RunningAgent local(String... access) throws IOException {
        List<String> spec = new ArrayList<>(List.of(
                "mode: L",
                "listen: {address: 127.0.0.1, port: " + port + "}",
                "target: {host: 127.0.0.1, port: " + echo.port() + "}"));
        spec.addAll(List.of(access));
        return agent.tunnel("db", spec.toArray(String[]::new));
    }

    /** The log's lines by their keys, the oldest first. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final Queue<Map<String, String>> told = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            Map<String, String> line = event.getKeyValuePairs().stream()
                    .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
            line.put("message", event.getFormattedMessage());
            told.add(line);
        }

        Map<String, String> next() {
            await("a line").atMost(PATIENCE).until(() -> !told.isEmpty());
            return told.poll();
        }

        /** The next line that tells of an end. */
        Map<String, String> nextEnd() {
            Map<String, String> line = next();
            return line.containsKey("cause") ? line : nextEnd();
        }

        boolean isEmpty() {
            return told.isEmpty();
        }

        void clear() {
            told.clear();
        }
    }
}
