package dev.sshtunnels.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.ForwardState;
import dev.sshtunnels.forward.contract.OpenForward;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpServer;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where L, R and D listen, as OpenSSH does, and what becomes of a listener that cannot be had. */
class ListenersTest extends ForwardingScenario {

    @Test
    void localhostListensOnBothLoopbackAddresses() throws Exception {
        try (TcpServer target = TcpServer.echo()) {
            int port = forwarding.local(target.port()).port();
            assertThat(echoes("127.0.0.1", port)).isTrue();
            assertThat(echoes("::1", port)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"L", "R", "D"})
    void aSessionDoesNotRememberForwardsThatWereClosed(String mode) throws Exception {
        try (TcpServer target = TcpServer.echo()) {
            WeakReference<Forwarding.Opened> closed = new WeakReference<>(openedAndClosed(mode, target.port()));

            await().until(() -> {
                System.gc();
                forwarding.openChannels();
                return closed.refersTo(null);
            });
        }
    }

    private Forwarding.Opened openedAndClosed(String mode, int target) throws Exception {
        Forwarding.Opened opened = switch (mode) {
            case "L" -> forwarding.local(target);
            case "R" -> forwarding.remote(target);
            default -> forwarding.dynamic();
        };
        opened.port();
        opened.close(OpenForward.Connections.KEEP);
        return opened;
    }

    @Test
    void starListensOnEveryAddressAndAnAddressOnItselfOnly() throws Exception {
        try (TcpServer target = TcpServer.echo()) {
            HostPort to = new HostPort("127.0.0.1", target.port());
            int all = Forwarding.freePort();
            forwarding
                    .open(new Forward.Local("all", new HostPort("*", all), to))
                    .port();
            assertThat(echoes("127.0.0.2", all)).isTrue();
            assertThat(echoes("::1", all)).isTrue();
            int one = Forwarding.freePort();
            forwarding
                    .open(new Forward.Local("one", new HostPort("127.0.0.3", one), to))
                    .port();
            assertThat(echoes("127.0.0.3", one)).isTrue();
            assertThatThrownBy(() -> echoes("127.0.0.2", one)).hasMessageContaining("refused");
        }
    }

    @Test
    void starAsksTheServerForAllItsAddresses() throws Exception {
        try (TcpServer target = TcpServer.echo()) {
            int port = forwarding
                    .open(new Forward.Remote("r", new HostPort("*", 0), new HostPort("127.0.0.1", target.port())))
                    .port();
            assertThat(port).isPositive();
            assertThat(echoes("127.0.0.2", port)).isTrue();
            assertThat(echoes("::1", port)).isTrue();
        }
    }

    @Test
    void remoteForwardsOnOnePortWithDifferentAddressesBothWork() throws Exception {
        try (TcpServer first = TcpServer.on(client -> client.getOutputStream().write('1'));
                TcpServer second =
                        TcpServer.on(client -> client.getOutputStream().write('2'))) {
            int port = Forwarding.freePort();
            remote("127.0.0.5", port, first).port();
            remote("127.0.0.6", port, second).port();
            assertThat(firstByte("127.0.0.5", port)).isEqualTo('1');
            assertThat(firstByte("127.0.0.6", port)).isEqualTo('2');
        }
    }

    @Test
    void remoteForwardThatMovesToAnotherTargetListensAgainAtOnce() throws Exception {
        try (TcpServer first = TcpServer.on(client -> client.getOutputStream().write('1'));
                TcpServer second =
                        TcpServer.on(client -> client.getOutputStream().write('2'))) {
            int port = Forwarding.freePort();
            Forwarding.Opened forward = remote("127.0.0.1", port, first);
            forward.port();
            for (int i = 0; i < 10; i++) {
                forward.close(OpenForward.Connections.KEEP);
                forward = remote("127.0.0.1", port, i % 2 == 0 ? second : first);
                assertThat(forward.port()).isEqualTo(port);
                assertThat(firstByte("127.0.0.1", port)).isEqualTo(i % 2 == 0 ? '2' : '1');
            }
        }
    }

    @Test
    void localForwardThatMovesToAnotherTargetWhileTheLoopIsBusyListensAgainAtOnce() throws Exception {
        try (TcpServer first = TcpServer.on(client -> client.getOutputStream().write('1'));
                TcpServer second =
                        TcpServer.on(client -> client.getOutputStream().write('2'))) {
            Forwarding.Opened former = forwarding.local(first.port());
            int port = former.port();
            Forwarding.Opened moved = forwarding.onLoop(() -> {
                former.close(OpenForward.Connections.KEEP);
                return forwarding.open(new Forward.Local(
                        "l", new HostPort("localhost", port), new HostPort("127.0.0.1", second.port())));
            });
            assertThat(moved.port()).isEqualTo(port);
            assertThat(firstByte("127.0.0.1", port)).isEqualTo('2');
        }
    }

    @Test
    void sshdThatHasOneAddressForBothRefusesTheSecondAndTheFirstGoesOn() throws Exception {
        try (Sshd loopbackOnly = Sshd.accepting(key);
                Forwarding behind = new Forwarding(loopbackOnly, key);
                TcpServer target =
                        TcpServer.on(client -> client.getOutputStream().write('1'))) {
            int port = Forwarding.freePort();
            HostPort to = new HostPort("127.0.0.1", target.port());
            behind.open(new Forward.Remote("first", new HostPort("127.0.0.5", port), to))
                    .port();
            Forwarding.Opened second = behind.open(new Forward.Remote("second", new HostPort("127.0.0.6", port), to));
            assertThat(((ForwardState.Failed) second.nextState()).finding().message())
                    .contains("forward first has 127.0.0.5:" + port);
            assertThat(firstByte("127.0.0.1", port)).isEqualTo('1');
            second.close(OpenForward.Connections.RESET);
            assertThat(firstByte("127.0.0.1", port)).isEqualTo('1');
        }
    }

    @Test
    void remotePortInUseIsToldAndTakenWhenItIsFree() throws Exception {
        try (TcpServer holder = TcpServer.echo();
                TcpServer target = TcpServer.echo()) {
            Forwarding.Opened forward = remote("127.0.0.1", holder.port(), target);
            assertThat(forward.refusal()).isEqualTo(Reason.RemotePortInUse);
            int port = holder.port();
            holder.stopListening();
            assertThat(forward.port()).isEqualTo(port);
        }
    }

    @Test
    void prohibitedRemoteForwardIsToldApartFromABusyPort() throws Exception {
        ClientKeys.ClientKey restricted = new ClientKeys(directory).make("ecdsa", 256, ClientKeys.Format.OPENSSH, "");
        try (Sshd strict = Sshd.builder().authorize(restricted, "restrict").start();
                Forwarding refused = new Forwarding(strict, restricted)) {
            assertThat(refused.remote(1).refusal()).isEqualTo(Reason.ForwardingProhibited);
        }
    }

    @Test
    void cancelledRemoteForwardFreesItsPort() throws Exception {
        try (TcpServer target = TcpServer.echo()) {
            Forwarding.Opened forward = forwarding.remote(target.port());
            int port = forward.port();
            forward.close(OpenForward.Connections.RESET);
            await().atMost(Duration.ofSeconds(10)).until(() -> isRefused("127.0.0.1", port));
        }
    }

    @Test
    void busyLocalPortIsNamedAndTakenWhenItIsFree() throws Exception {
        try (TcpServer holder = TcpServer.echo()) {
            int port = holder.port();
            Forwarding.Opened forward = forwarding.open(new Forward.Dynamic("d", new HostPort("127.0.0.1", port)));
            assertThat(forward.refusal()).isEqualTo(Reason.LocalPortInUse);
            holder.stopListening();
            assertThat(forward.port()).isEqualTo(port);
        }
    }
}
