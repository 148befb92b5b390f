package dev.sshtunnels.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Ports;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole agent comes back by itself, and a server that it came back to has no cause to complain. */
class ReconnectTest extends AgentScenario {

    private int port;

    @BeforeEach
    void start() throws IOException {
        port = Ports.OF_THIS_RUN.next();
        agent.local("db", port, echo.port());
    }

    @Test
    void twentyCutsLeaveTheSameAgentAtWork() throws Exception {
        agent.server(sshd, "reconnect: {initialDelay: 100ms, maxDelay: 100ms}")
                .key(key)
                .start()
                .awaitReady();
        for (int cut = 1; cut <= 20; cut++) {
            sshd.killSessions();
            int logins = cut + 1;
            await().atMost(PATIENCE).until(() -> sshd.logged("Accepted publickey") == logins);
            await().atMost(PATIENCE).until(() -> Exchange.works(port));
            assertThat(agent.get("/livez").statusCode()).isEqualTo(200);
        }
        // Whatever the reasons: what sshd leaves unread when it is killed makes a RST of its FIN.
        assertThat(agent.scrape().sum("sshtunnel_reconnects_total")).isEqualTo(20);
    }

    @Test
    void anOutageIsToldOnceAndNotWithEachAttempt() throws Exception {
        agent.server(sshd, "reconnect: {initialDelay: 100ms, maxDelay: 100ms}")
                .key(key)
                .start()
                .awaitReady();
        sshd.stop();
        long told = agent.awaitReason(Reason.ConnectionRefused).revision();
        String series = "sshtunnel_connects_total\\{reason=\"ConnectionRefused\",result=\"failed\"} ";

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(agent.get("/metrics").body()).containsPattern(series + "[1-9]\\d"));

        assertThat(agent.status().revision()).isEqualTo(told);
        assertThat(agent.status().session().message()).contains("next attempt within about 1 s");
    }

    @Test
    void aWrongKeyIsOfferedEverMoreRarely() throws Exception {
        agent.server(sshd, "reconnect: {authFailureDelay: 1s}");
        agent.key(keys.ed25519()).start();
        long begin = System.nanoTime();

        // After 1 s, and after 2 s more.
        await().atMost(PATIENCE).until(() -> refusedKeys() == 3);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(2900));
        await().atMost(PATIENCE).until(() -> agent.status().session().message().contains("within about 4 s"));
    }

    @Test
    void anEndByRequestTakesAFewSecondsAlthoughTheServerIsDead() throws Exception {
        agent.server(sshd).key(key).start().awaitReady();
        sshd.freeze();
        long begin = System.nanoTime();

        agent.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void anEndByRequestGivesRemotePortsBackAndSaysGoodbye() throws Exception {
        int remote = Ports.OF_THIS_RUN.next();
        agent.server(sshd).key(key);
        agent.tunnel(
                "back",
                "mode: R",
                "listen: {address: localhost, port: " + remote + "}",
                "target: {host: 127.0.0.1, port: " + echo.port() + "}");
        agent.start().awaitReady();

        agent.stop();

        sshd.awaitLog("cancel-tcpip-forward");
        sshd.awaitLog("the tunnel is no longer wanted");
    }

    private long refusedKeys() {
        return sshd.logged("Failed publickey");
    }
}
