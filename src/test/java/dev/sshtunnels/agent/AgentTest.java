package dev.sshtunnels.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.agent.plan.InvalidDocumentsException;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Ports;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The whole agent in this process, against a real sshd. */
class AgentTest extends AgentScenario {

    @Test
    void aChangeToOneTunnelLeavesTheConnectionsOfAnotherAlone() throws Exception {
        int db = Ports.OF_THIS_RUN.next();
        int web = Ports.OF_THIS_RUN.next();
        agent.server(sshd).key(key).local("db", db, echo.port()).local("web", web, echo.port());
        agent.start().awaitReady();

        try (Exchange open = Exchange.with(db)) {
            assertThat(open.say("before")).isEqualTo("before");
            int moved = Ports.OF_THIS_RUN.next();
            agent.local("web", moved, echo.port());
            await().atMost(PATIENCE).until(() -> Exchange.works(moved) && !Exchange.works(web));
            agent.without("web");
            await().atMost(PATIENCE).until(() -> !Exchange.works(moved));

            assertThat(open.say("after")).isEqualTo("after");
        }
        assertThat(sshd.logged("Accepted publickey")).isEqualTo(1);
    }

    @Test
    void aSecretThatArrivesLateMakesItReadyByItself() throws Exception {
        int db = Ports.OF_THIS_RUN.next();
        agent.server(sshd).local("db", db, echo.port()).start();
        AgentReport before = agent.awaitReason(Reason.SecretNotFound);
        assertThat(before.session().message()).contains("Secret bastion-key").contains("ssh-privatekey");
        assertThat(agent.get("/readyz").statusCode()).isEqualTo(503);
        assertThat(agent.get("/readyz").body()).startsWith("SecretNotFound: ");
        assertThat(agent.get("/livez").statusCode()).isEqualTo(200);

        agent.key(key).awaitReady();

        assertThat(Exchange.works(db)).isTrue();
    }

    @Test
    void aBrokenKeyIsReportedAndItsMendingMakesItReady() throws Exception {
        agent.server(sshd).local("db", Ports.OF_THIS_RUN.next(), echo.port());
        agent.secret("bastion-key", "ssh-privatekey", "garbage".getBytes()).start();
        agent.awaitReason(Reason.InvalidPrivateKey);

        agent.key(key).awaitReady();
    }

    @Test
    void aWrongPassphraseIsReportedButNeverTold() throws Exception {
        ClientKey locked = keys.make("ed25519", 0, ClientKeys.Format.OPENSSH, "right-passphrase");
        agent.server(sshd).local("db", Ports.OF_THIS_RUN.next(), echo.port());
        agent.document(
                "server", agent.text("server").replace("name: bastion-key", "name: bastion-key, passphraseKey: pw"));
        agent.key(locked)
                .secret("bastion-key", "pw", "canary-passphrase".getBytes())
                .start();

        agent.awaitReason(Reason.WrongPassphrase);

        String told =
                agent.get("/status").body() + metrics() + agent.get("/readyz").body();
        assertThat(told).contains("WrongPassphrase").doesNotContain("canary-passphrase");
        assertThat(sshd.logged("Connection from")).isZero();
    }

    @Test
    void anUnknownHostKeyIsReportedAndNobodyLogsIn() throws Exception {
        agent.server(sshd).key(key).local("db", Ports.OF_THIS_RUN.next(), echo.port());
        agent.document("server", agent.text("server").replace("[127.0.0.1]", "[elsewhere.example]"))
                .start();

        AgentReport report = agent.awaitReason(Reason.HostKeyUnknown);

        assertThat(report.session().message()).contains(sshd.fingerprint("ed25519"));
        assertThat(sshd.logged("Accepted publickey")).isZero();
    }

    @Test
    void aWrongKeyIsOfferedOnceAndNotAgainAndAgain() throws Exception {
        agent.server(sshd).local("db", Ports.OF_THIS_RUN.next(), echo.port());
        agent.key(keys.ed25519()).start();
        agent.awaitReason(Reason.AuthenticationFailed);

        agent.local("more", Ports.OF_THIS_RUN.next(), echo.port());
        await().atMost(PATIENCE).until(() -> agent.status().tunnels().size() == 2);

        assertThat(sshd.logged("Connection from")).isEqualTo(1);
        assertThat(agent.status().session().message()).contains("next attempt within about 60 s");
        agent.key(key).awaitReady();
    }

    @Test
    void comesBackAfterARestartOfTheServer() throws Exception {
        int db = Ports.OF_THIS_RUN.next();
        agent.server(sshd).key(key).local("db", db, echo.port()).start().awaitReady();

        sshd.restart();

        await().atMost(PATIENCE).until(() -> Exchange.works(db));
        assertThat(agent.get("/metrics").body()).contains("sshtunnel_reconnects_total");
    }

    @Test
    void brokenDocumentsAtRunTimeChangeNothingAndAreSaid() throws Exception {
        int db = Ports.OF_THIS_RUN.next();
        agent.server(sshd).key(key).local("db", db, echo.port()).start().awaitReady();

        agent.document("db", "kind: SshTunnel\nspec: [\n");

        await().atMost(PATIENCE)
                .until(() -> agent.status().session().message().contains("last good documents stay in force"));
        assertThat(agent.status().session().message()).contains("db.yaml:");
        assertThat(Exchange.works(db)).isTrue();
        assertThat(agent.get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void statusIsAnsweredWhenSomethingChanges() throws Exception {
        agent.server(sshd)
                .key(key)
                .local("db", Ports.OF_THIS_RUN.next(), echo.port())
                .start()
                .awaitReady();
        long known = agent.status().revision();

        var poll = CompletableFuture.supplyAsync(() -> agent.get("/status?after=" + known));
        agent.local("web", Ports.OF_THIS_RUN.next(), echo.port());

        assertThat(poll.get().body()).contains("\"name\":\"web\"");
        assertThat(agent.get("/status?after=x").statusCode()).isEqualTo(400);
    }

    @Test
    void aChangedLoginReplacesTheSessionWithoutACut() throws Exception {
        int db = Ports.OF_THIS_RUN.next();
        agent.server(sshd).key(key).local("db", db, echo.port()).start().awaitReady();

        try (Exchange open = Exchange.with(db)) {
            assertThat(open.say("before")).isEqualTo("before");
            agent.server(sshd, "keepAlive: {interval: 20s}");
            await().atMost(PATIENCE).until(() -> sshd.logged("Accepted publickey") == 2);
            await().atMost(PATIENCE).until(() -> Exchange.works(db));

            assertThat(open.say("after")).isEqualTo("after");
        }
    }

    @Test
    void endsAfterItsOpenConnectionsHaveEnded() throws Exception {
        int db = Ports.OF_THIS_RUN.next();
        agent.server(sshd).key(key).local("db", db, echo.port()).start().awaitReady();

        CompletableFuture<Void> stopped;
        try (Exchange open = Exchange.with(db)) {
            open.say("before");
            stopped = CompletableFuture.runAsync(agent::stop);
            await().atMost(PATIENCE).until(() -> agent.get("/readyz").statusCode() == 503);

            assertThat(open.say("still")).isEqualTo("still");
            assertThat(stopped).isNotDone();
        }
        await().atMost(PATIENCE).until(stopped::isDone);
    }

    @Test
    void wrongDocumentsStartNothing() throws Exception {
        agent.server(sshd).tunnel("db", "mode: X", "target: {host: a, port: 1}");

        assertThatThrownBy(() -> agent.start())
                .isInstanceOfSatisfying(
                        InvalidDocumentsException.class,
                        e -> assertThat(e.problems().getFirst())
                                .contains("db.yaml:")
                                .contains("spec.mode"));
        assertThat(sshd.logged("Connection from")).isZero();
    }

    private String metrics() {
        return agent.get("/metrics").body();
    }
}
