package dev.sshtunnels.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.faults.inject.ByteFault;
import dev.sshtunnels.faults.inject.FaultProxy;
import dev.sshtunnels.faults.inject.Way;
import dev.sshtunnels.testing.SilentTarget;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectTest extends LoginScenario {

    private static final Duration SHORT = Duration.ofMillis(1500);

    @Test
    void aNameThatDoesNotExistIsADnsFailureThatNamesIt() throws Exception {
        Finding finding = failure(new HostPort("no-such-host.invalid", 22));
        assertThat(finding.reason()).isEqualTo(Reason.DNSFailed);
        assertThat(finding.message())
                .contains("\"no-such-host.invalid\"")
                .containsAnyOf("does not exist", "for the time being");
    }

    @Test
    void aPortWhereNobodyListensRefuses() throws Exception {
        try (Sshd sshd = Sshd.accepting(key)) {
            sshd.stop();
            Finding finding = failure(new HostPort(sshd.host(), sshd.port()));
            assertThat(finding.reason()).isEqualTo(Reason.ConnectionRefused);
            assertThat(finding.message()).contains("127.0.0.1:" + sshd.port(), "refused it", "check host and port");
        }
    }

    @Test
    void aHostThatDoesNotAnswerTimesOut() throws Exception {
        try (SilentTarget deaf = new SilentTarget()) {
            long begin = System.nanoTime();
            Finding finding = failure(new HostPort("127.0.0.1", deaf.port()));
            assertThat(finding.reason()).isEqualTo(Reason.ConnectTimeout);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SHORT.plusSeconds(2));
        }
    }

    @Test
    void anAddressThatDoesNotAnswerHardlyDelaysTheNextOne() throws Exception {
        try (Sshd sshd = Sshd.accepting(key);
                SilentTarget deaf = new SilentTarget("127.0.0.2", sshd.port())) {
            long begin = System.nanoTime();
            SocketChannel socket = Dialer.dial(
                    new HostPort("two-addresses", sshd.port()),
                    List.of(InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.1")),
                    Duration.ofSeconds(10));
            socket.close();
            assertThat(deaf.port()).isEqualTo(sshd.port());
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void anAddressThatDoesNotAnswerIsAskedAfreshMeanwhile() throws Exception {
        try (SilentTarget deaf = new SilentTarget()) {
            HostPort endpoint = new HostPort("127.0.0.1", deaf.port());
            Thread caller = Thread.ofVirtual().start(() -> failureOrInterrupt(endpoint));

            await().until(() -> deaf.strangers() == 2);

            caller.interrupt();
            await().until(() -> deaf.strangers() == 0);
        }
    }

    @Test
    void aWebServerIsNoSshServerAndItsWordsAreShown() throws Exception {
        try (ScriptedServer web = new ScriptedServer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", true)) {
            Finding finding = failure(web.endpoint());
            assertThat(finding.reason()).isEqualTo(Reason.NotAnSshServer);
            assertThat(finding.message()).contains("HTTP/1.1 400 Bad Request", "check host and port");
        }
    }

    @Test
    void aServerOfBinaryWordsIsNoSshServer() throws Exception {
        try (ScriptedServer binary = new ScriptedServer("J\0\0\0\n8.0.33\0\u001b[31m", false)) {
            Finding finding = failure(binary.endpoint());
            assertThat(finding.reason()).isEqualTo(Reason.NotAnSshServer);
            assertThat(finding.message()).doesNotContain("\u001b", "\0", "\n");
        }
    }

    @Test
    void aServerThatSaysNothingTimesOut() throws Exception {
        try (ScriptedServer silent = new ScriptedServer("", false)) {
            Finding finding = failure(silent.endpoint());
            assertThat(finding.reason()).isEqualTo(Reason.HandshakeTimeout);
            assertThat(finding.message()).contains("did not identify itself as an SSH server within 1500 ms");
        }
    }

    @Test
    void aServerThatOnlyIdentifiesItselfTimesOutToo() throws Exception {
        try (ScriptedServer half = new ScriptedServer("SSH-2.0-Half\r\n", false)) {
            Finding finding = failure(half.endpoint());
            assertThat(finding.reason()).isEqualTo(Reason.HandshakeTimeout);
            assertThat(finding.message()).contains("did not finish the key exchange", "MTU");
        }
    }

    @ParameterizedTest(name = "after {0} bytes from the server")
    @ValueSource(longs = {1, 30, 100, 800, 1100})
    void aServerThatFallsSilentAnywhereInTheLoginTimesOut(long bytes) throws Exception {
        try (Sshd sshd = Sshd.accepting(key);
                FaultProxy way = new FaultProxy(sshd.host(), sshd.port())) {
            way.onNewConnections(_ -> new ByteFault.FreezeAfter(Way.TO_CLIENT, bytes));
            long begin = System.nanoTime();
            assertThat(failure(new HostPort(way.host(), way.port())).reason()).isEqualTo(Reason.HandshakeTimeout);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SHORT.plusSeconds(2));
        }
    }

    @Test
    void aServerThatClosesAtOnceIsSaidToHaveDoneSo() throws Exception {
        try (ScriptedServer closing = new ScriptedServer("", true)) {
            Finding finding = failure(closing.endpoint());
            assertThat(finding.reason()).isEqualTo(Reason.ServerBusy);
            assertThat(finding.message()).contains("without identifying itself", "MaxStartups");
        }
    }

    @Test
    void aServerThatClosesAtOnceAfterItRejectedTheLoginMayHaveBannedUs() throws Exception {
        try (ScriptedServer closing = new ScriptedServer("", true)) {
            Login login = Logins.at(closing.endpoint(), "user", key, Logins.trust());
            Finding finding = logins.failure(login, Rejections.NONE.by(closing.endpoint()));
            assertThat(finding.reason()).isEqualTo(Reason.BannedByServer);
            assertThat(finding.message()).contains("after it had rejected the login", "PerSourcePenalties", "fail2ban");
        }
    }

    @Test
    void aServerThatSaysThatItHasBannedUsIsBelieved() throws Exception {
        try (ScriptedServer banning = new ScriptedServer("Not allowed at this time\r\n", true)) {
            Finding finding = failure(banning.endpoint());
            assertThat(finding.reason()).isEqualTo(Reason.BannedByServer);
            assertThat(finding.message()).contains("\"Not allowed at this time\"", "PerSourcePenaltyExemptList");
        }
    }

    @Test
    void onlyTheFirstWordsOfAStrangerAreTold() throws Exception {
        String page = "HTTP/1.1 503 Busy\r\nDate: Sat, 01 Jan 2028 00:00:00 GMT\r\n\r\n";
        try (ScriptedServer web = new ScriptedServer(page, true)) {
            assertThat(failure(web.endpoint()).message())
                    .contains("\"HTTP/1.1 503 Busy\"")
                    .doesNotContain("Date");
        }
    }

    @Test
    void garbageBehindTheIdentificationIsAProtocolError() throws Exception {
        try (ScriptedServer garbage = new ScriptedServer("SSH-2.0-Garbage\r\n" + "x".repeat(64), false)) {
            assertThat(failure(garbage.endpoint()).reason()).isEqualTo(Reason.ProtocolError);
        }
    }

    @Test
    void aServerWithTooManyLoginsUnderWaySaysSo() throws Exception {
        try (Sshd sshd = Sshd.builder().authorize(key).config("MaxStartups 1").start();
                SocketChannel waiting = SocketChannel.open(new InetSocketAddress(sshd.host(), sshd.port()))) {
            sshd.awaitLog("Connection from");
            assertThat(waiting.isConnected()).isTrue();
            Finding finding = logins.failure(Logins.at(sshd, key));
            assertThat(finding.reason()).isEqualTo(Reason.ServerBusy);
            assertThat(finding.message()).contains("Exceeded MaxStartups");
        }
    }

    @Test
    void anInterruptedCallerLeavesNothingOpen() throws Exception {
        try (ScriptedServer silent = new ScriptedServer("", false)) {
            AtomicReference<Throwable> outcome = new AtomicReference<>();
            Login login = Logins.at(silent.endpoint(), "user", key, Logins.trust());
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    logins.connect(login);
                } catch (Exception e) {
                    outcome.set(e);
                }
            });
            silent.awaitClient();
            caller.interrupt();
            await().until(() -> outcome.get() != null);
            assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
            silent.awaitClientGone();
        }
    }

    private void failureOrInterrupt(HostPort endpoint) {
        try {
            logins.failure(Logins.at(endpoint, "user", key, Logins.trust()));
        } catch (InterruptedException _) {
            // As it is meant.
        }
    }

    private Finding failure(HostPort endpoint) throws Exception {
        return logins.failure(Logins.within(Logins.at(endpoint, "user", key, Logins.trust()), SHORT));
    }
}
