package dev.sshtunnels.forward.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.Forwarding;
import dev.sshtunnels.forward.ForwardingScenario;
import dev.sshtunnels.forward.contract.ForwardState;
import dev.sshtunnels.testing.Commands;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.SilentTarget;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpServer;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has a remote port that the server does not let the agent have (N5), and how soon it is taken. */
class HeldPortTest extends ForwardingScenario {

    private static final Duration RECOVERY = Duration.ofSeconds(5);

    @Test
    void anotherAgentOfTheLoginIsKnownAndFollowedWithinMoments() throws Exception {
        int port = Ports.OF_THIS_RUN.next();
        try (TcpServer target = TcpServer.echo();
                Forwarding active = new Forwarding(sshd, key)) {
            active.open(remoteOn(port, target.port())).port();
            Forwarding.Opened standby = forwarding.open(remoteOn(port, target.port()));
            Finding finding = failure(standby);
            assertThat(finding.reason()).isEqualTo(Reason.RemotePortInUse);
            assertThat(finding.message()).contains("another agent with the same login");

            active.connection().close();
            long freed = System.nanoTime();
            assertThat(standby.port()).isEqualTo(port);
            assertThat(Duration.ofNanos(System.nanoTime() - freed)).isLessThan(RECOVERY);
            assertThat(echoes("127.0.0.1", port)).isTrue();
        }
    }

    @Test
    void anAgentWhoseTargetIsSilentIsAliveAllTheSame() throws Exception {
        int port = Ports.OF_THIS_RUN.next();
        try (SilentTarget silent = new SilentTarget();
                Forwarding active = new Forwarding(sshd, key)) {
            active.open(remoteOn(port, silent.port())).port();
            assertThat(failure(forwarding.open(remoteOn(port, silent.port()))).message())
                    .contains("another agent with the same login");
        }
    }

    @Test
    void aDeadSessionIsToldFromAStrangerAndFollowedWithinMoments() throws Exception {
        int port = Ports.OF_THIS_RUN.next();
        Process dead = sshHolding(port);
        try (TcpServer target = TcpServer.echo()) {
            Commands.run(List.of("kill", "-STOP", Long.toString(dead.pid())));
            Forwarding.Opened forward = forwarding.open(remoteOn(port, target.port()));
            Finding finding = failure(forward);
            assertThat(finding.reason()).isEqualTo(Reason.RemotePortHeldByStaleSession);
            assertThat(finding.message()).contains("ClientAliveInterval 15");

            dead.destroyForcibly().waitFor();
            long freed = System.nanoTime();
            assertThat(forward.port()).isEqualTo(port);
            assertThat(Duration.ofNanos(System.nanoTime() - freed)).isLessThan(RECOVERY);
        } finally {
            dead.destroyForcibly();
        }
    }

    @Test
    void someoneWhoAnswersOrClosesIsAStranger() throws Exception {
        try (TcpServer echo = TcpServer.echo();
                TcpServer closing =
                        TcpServer.on(client -> client.getInputStream().read())) {
            for (TcpServer stranger : List.of(echo, closing)) {
                Finding finding = failure(forwarding.open(remoteOn(stranger.port(), 9)));
                assertThat(finding.reason()).isEqualTo(Reason.RemotePortInUse);
                assertThat(finding.message()).contains("another program has it");
            }
        }
    }

    @Test
    void whereNobodyMayLookThePortIsInUse() throws Exception {
        try (TcpServer stranger = TcpServer.echo();
                Sshd strict = Sshd.builder()
                        .authorize(key)
                        .config("AllowTcpForwarding remote")
                        .start();
                Forwarding behind = new Forwarding(strict, key)) {
            Finding finding = failure(behind.open(remoteOn(stranger.port(), 9)));
            assertThat(finding.reason()).isEqualTo(Reason.RemotePortInUse);
            assertThat(finding.message()).contains("by whom cannot be seen");
        }
    }

    @Test
    void aPrivilegedPortIsNamedToAnAccountThatIsNotRoot() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root's sshd can log others in");
        try (Sshd ofDaemon = Sshd.builder().authorize(key).account("daemon").start();
                Forwarding behind = new Forwarding(ofDaemon, key)) {
            Finding finding = failure(behind.open(remoteOn(443, 9)));
            assertThat(finding.reason()).isEqualTo(Reason.PrivilegedPort);
            assertThat(finding.message()).contains("need root", "daemon");
        }
    }

    @Test
    void aServerThatForbidsItsPortsNamesNoFileOfItsOwn() throws Exception {
        try (Sshd strict = Sshd.builder().authorize(key, "restrict").start();
                Forwarding behind = new Forwarding(strict, key)) {
            Finding finding = failure(behind.open(remoteOn(Ports.OF_THIS_RUN.next(), 9)));
            assertThat(finding.reason()).isEqualTo(Reason.ForwardingProhibited);
            assertThat(finding.message()).contains("permitlisten").doesNotContain("/");
        }
    }

    private static Forward remoteOn(int port, int target) {
        return new Forward.Remote("r", new HostPort("127.0.0.1", port), new HostPort("127.0.0.1", target));
    }

    private static Finding failure(Forwarding.Opened forward) throws InterruptedException {
        ForwardState state = forward.nextState();
        assertThat(state).isInstanceOf(ForwardState.Failed.class);
        return ((ForwardState.Failed) state).finding();
    }

    /** {@code ssh -R} with the same key, which knows nothing of agents. */
    private static Process sshHolding(int port) throws IOException {
        Process ssh = new ProcessBuilder(
                        "ssh",
                        "-F",
                        "none",
                        "-N",
                        "-o",
                        "StrictHostKeyChecking=no",
                        "-o",
                        "UserKnownHostsFile=/dev/null",
                        "-o",
                        "IdentitiesOnly=yes",
                        "-o",
                        "ExitOnForwardFailure=yes",
                        "-i",
                        key.privateFile().toString(),
                        "-p",
                        Integer.toString(sshd.port()),
                        "-R",
                        "127.0.0.1:" + port + ":127.0.0.1:9",
                        sshd.user() + "@" + sshd.host())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await("ssh has the port").until(() -> !isRefused("127.0.0.1", port));
        return ssh;
    }
}
