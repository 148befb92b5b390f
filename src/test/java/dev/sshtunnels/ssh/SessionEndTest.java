package dev.sshtunnels.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.faults.inject.FaultProxy;
import dev.sshtunnels.faults.inject.Way;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionEndTest extends LoginScenario {

    private Sshd sshd;

    @BeforeEach
    void startServer() {
        sshd = Sshd.accepting(key);
    }

    @AfterEach
    void stopServer() {
        sshd.close();
    }

    @Test
    void aServerWhoseProcessDiesIsNoticedAtOnce() throws Exception {
        SshConnection connection = logins.connect(Logins.at(sshd, key));
        sshd.killSessions();

        Finding finding = ended(connection, Duration.ofSeconds(2));
        assertThat(finding.reason()).isEqualTo(Reason.ConnectionReset);
        assertThat(finding.message()).contains("127.0.0.1:" + sshd.port(), "closed the connection");
    }

    @Test
    void aServerThatFreezesIsGivenUpAfterTheUnansweredQuestions() throws Exception {
        Login login = Logins.askingEvery(Logins.at(sshd, key), Duration.ofMillis(500));
        SshConnection connection = logins.connect(login);
        sshd.freeze();

        // 3 questions, each with 0.5 s for its answer, after 0.5 s of silence.
        Finding finding = ended(connection, Duration.ofSeconds(4));
        assertThat(finding.reason()).isEqualTo(Reason.KeepAliveTimeout);
        assertThat(finding.message()).contains("127.0.0.1:" + sshd.port(), "silent for");
    }

    @Test
    void aServerThatFallsSilentWhileKeysAreRenewedIsGivenUpToo() throws Exception {
        try (FaultProxy way = new FaultProxy(sshd.host(), sshd.port())) {
            Login login = Logins.renewingKeysEvery(
                    Logins.askingEvery(through(way), Duration.ofMillis(500)), Duration.ofSeconds(1));
            SshConnection connection = logins.connect(login);
            way.freeze(Way.TO_CLIENT);

            Finding finding = ended(connection, Duration.ofSeconds(5));
            assertThat(finding.reason()).isEqualTo(Reason.KeepAliveTimeout);
            await("key exchange that the server heard of and that never ended")
                    .until(() -> sshd.logged("SSH2_MSG_KEXINIT received") > sshd.logged("SSH2_MSG_NEWKEYS received"));
        }
    }

    @Test
    void theTimeThatTheServerTakesToAnswerIsTold() throws Exception {
        SshConnection connection = logins.connect(Logins.askingOften(Logins.at(sshd, key)));
        List<Duration> heard = new CopyOnWriteArrayList<>();
        connection.onRoundTrip(heard::add);

        await().until(() -> heard.size() >= 3);
        assertThat(heard)
                .allSatisfy(roundTrip -> assertThat(roundTrip).isBetween(Duration.ZERO, Duration.ofSeconds(2)));
    }

    @Test
    void theRightToOpenSessionsIsGivenUp() throws Exception {
        logins.connect(Logins.at(sshd, key));

        sshd.awaitLog("rtype no-more-sessions@openssh.com want_reply 0");
    }

    @Test
    void aQuietServerThatAnswersIsKept() throws Exception {
        Login login = Logins.askingEvery(Logins.at(sshd, key), Duration.ofMillis(500));
        SshConnection connection = logins.connect(login);

        // More than a server may leave unanswered.
        await().until(() -> sshd.logged("rtype keepalive@openssh.com want_reply 1") >= 5);
        assertThat(connection.closed().toCompletableFuture()).isNotDone();
    }

    @Test
    void aSessionOutlivesTheRenewalOfItsKeys() throws Exception {
        Login login = Logins.renewingKeysEvery(Logins.askingOften(Logins.at(sshd, key)), Duration.ofMillis(300));
        SshConnection connection = logins.connect(login);

        await().until(() -> sshd.logged("SSH2_MSG_NEWKEYS received") >= 4);
        assertThat(connection.closed().toCompletableFuture()).isNotDone();
    }

    @Test
    void theServerIsToldWhenTheSessionIsNoLongerWanted() throws Exception {
        SshConnection connection = logins.connect(Logins.at(sshd, key));
        connection.close();

        assertThat(ended(connection, Duration.ofSeconds(1)).message()).contains("closed by this agent");
        sshd.awaitLog("the tunnel is no longer wanted");
    }

    @Test
    void closingAFrozenServersSessionDoesNotWaitForIt() throws Exception {
        SshConnection connection = logins.connect(Logins.at(sshd, key));
        sshd.freeze();
        long begin = System.nanoTime();
        connection.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    private Login through(FaultProxy way) {
        HostPort endpoint = new HostPort(way.host(), way.port());
        return Logins.at(endpoint, sshd.user(), key, Logins.trust("* " + sshd.hostKey("ed25519")));
    }

    private static Finding ended(SshConnection connection, Duration patience) throws Exception {
        return connection.closed().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
