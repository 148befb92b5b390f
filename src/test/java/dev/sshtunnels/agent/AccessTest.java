package dev.sshtunnels.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.report.ForwardReport;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Access rules of documents, and credentials of Secrets, in a whole agent that runs on while they change. */
class AccessTest extends AgentScenario {

    private int port;

    @BeforeEach
    void start() throws IOException {
        port = Ports.OF_THIS_RUN.next();
        agent.server(sshd).key(key);
    }

    @Test
    void editedRulesCountAtOnceAndNothingIsClosedForThem() throws Exception {
        local("").start().awaitReady();
        try (Exchange open = Exchange.with(port)) {
            assertThat(open.say("before")).isEqualTo("before");

            local("access: {sourceRanges: [10.0.0.0/8]}");
            await().atMost(PATIENCE).until(() -> !Exchange.works(port));
            assertThat(rejected("SourceNotAllowed")).isPositive();
            assertThat(agent.status().tunnels().getFirst().forwards().getFirst().ready())
                    .isTrue();

            local("access: {sourceRanges: [10.0.0.0/8, 127.0.0.1/32], maxConnections: 2}");
            try (Exchange second = awaitExchange()) {
                assertThat(Exchange.works(port)).isFalse();
                assertThat(rejected("TooManyConnections")).isPositive();
                assertThat(second.say("second")).isEqualTo("second");
            }
            assertThat(open.say("after")).isEqualTo("after");
        }
    }

    @Test
    void aNewSessionDoesNotDoubleTheLimit() throws Exception {
        local("access: {maxConnections: 1}").start().awaitReady();
        try (Exchange carriedByTheFormerSession = Exchange.with(port)) {
            assertThat(carriedByTheFormerSession.say("before")).isEqualTo("before");

            agent.server(sshd, "keepAlive: {interval: 20s}");
            await().atMost(PATIENCE).until(() -> sshd.logged("Accepted publickey") == 2);
            await().atMost(PATIENCE).until(() -> agent.status().session().connected());

            await().atMost(PATIENCE).until(() -> !Exchange.works(port) && rejected("TooManyConnections") > 0);
            assertThat(carriedByTheFormerSession.say("after")).isEqualTo("after");
        }
        await().atMost(PATIENCE).until(() -> Exchange.works(port));
    }

    @Test
    void aProxyWithoutItsSecretLetsNobodyInUntilItIsThere() throws Exception {
        proxy().start().awaitReady();

        ForwardReport closed = awaitProxy(Reason.SecretNotFound);
        assertThat(closed.ready()).isFalse();
        assertThat(closed.message()).contains("Secret socks-user does not exist", "\"username\" and \"password\"");
        assertThatThrownBy(() -> Exchange.throughSocks(port, echo.port())).isInstanceOf(IOException.class);
        assertThat(rejected("SecretNotFound")).isEqualTo(1);

        agent.secret("socks-user", "username", "alice".getBytes(UTF_8));
        assertThat(awaitProxy(Reason.SecretKeyMissing).message()).contains("no key \"password\"");
        agent.secret("socks-user", "password", new byte[0]);
        assertThat(awaitProxy(Reason.InvalidCredentials).message()).contains("password has 0 bytes");

        agent.secret("socks-user", "password", "opensesame\n".getBytes(UTF_8));
        awaitProxy(Reason.AllForwardsReady);
        assertThat(speaks("alice", "opensesame")).isTrue();
        assertThatThrownBy(() -> Exchange.throughSocks(port, echo.port())).isInstanceOf(IOException.class);
        assertThat(agent.get("/metrics").body() + agent.get("/status").body()).doesNotContain("opensesame");
    }

    @Test
    void aChangedPasswordCountsForNewConnectionsAndOpenOnesStay() throws Exception {
        agent.secret("socks-user", "username", "alice".getBytes(UTF_8))
                .secret("socks-user", "password", "first".getBytes(UTF_8));
        proxy().start().awaitReady();
        try (Exchange open = Exchange.throughSocks(port, echo.port(), "alice", "first")) {
            agent.secret("socks-user", "password", "second".getBytes(UTF_8));
            await().atMost(PATIENCE).until(() -> speaks("alice", "second"));
            assertThat(speaks("alice", "first")).isFalse();

            Files.delete(directory.resolve("secrets/socks-user/password"));
            awaitProxy(Reason.SecretKeyMissing);
            assertThat(speaks("alice", "second")).isFalse();
            assertThat(open.say("still")).isEqualTo("still");
        }
    }

    @Test
    void aSecretThatArrivesBesideBrokenDocumentsCounts() throws Exception {
        proxy().start().awaitReady();
        awaitProxy(Reason.SecretNotFound);
        agent.document("broken", "kind: Nonsense");
        agent.secret("socks-user", "username", "alice".getBytes(UTF_8))
                .secret("socks-user", "password", "first".getBytes(UTF_8));

        awaitProxy(Reason.AllForwardsReady);
        assertThat(speaks("alice", "first")).isTrue();
    }

    @Test
    void destinationsOutsideTheListAreRefused() throws Exception {
        agent.tunnel(
                        "socks",
                        "mode: D",
                        "listen: {address: 127.0.0.1, port: " + port + "}",
                        "access: {socks: {allow: [\"127.0.0.0/8:" + echo.port() + "\"]}}")
                .start()
                .awaitReady();

        try (Exchange allowed = Exchange.throughSocks(port, echo.port());
                TcpServer other = TcpServer.echo()) {
            assertThat(allowed.say("hello")).isEqualTo("hello");
            assertThatThrownBy(() -> Exchange.throughSocks(port, other.port())).isInstanceOf(IOException.class);
        }
    }

    private Exchange awaitExchange() {
        return await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () -> {
                            Exchange exchange = Exchange.with(port);
                            exchange.say("hello");
                            return exchange;
                        },
                        Objects::nonNull);
    }

    private RunningAgent local(String access) throws IOException {
        return agent.tunnel(
                "db",
                "mode: L",
                "listen: {address: 127.0.0.1, port: " + port + "}",
                "target: {host: 127.0.0.1, port: " + echo.port() + "}",
                access);
    }

    private RunningAgent proxy() throws IOException {
        return agent.tunnel(
                "socks",
                "mode: D",
                "listen: {address: 127.0.0.1, port: " + port + "}",
                "access: {socks: {credentialsSecretRef: {name: socks-user}}}");
    }

    private ForwardReport awaitProxy(Reason reason) {
        return await().atMost(PATIENCE)
                .until(
                        () -> agent.status().tunnels().getFirst().forwards().getFirst(),
                        forward -> forward.reason() == reason);
    }

    private boolean speaks(String username, String password) {
        try (Exchange exchange = Exchange.throughSocks(port, echo.port(), username, password)) {
            return exchange.say("ping").equals("ping");
        } catch (IOException notLetIn) {
            return false;
        }
    }

    /** As the metrics have it. */
    private double rejected(String reason) {
        return agent.scrape().sum("sshtunnel_connections_rejected_total", "reason=\"" + reason + "\"");
    }
}
