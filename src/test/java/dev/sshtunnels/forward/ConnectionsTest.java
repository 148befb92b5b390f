package dev.sshtunnels.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.OpenForward;
import dev.sshtunnels.testing.SilentTarget;
import dev.sshtunnels.testing.SocksClient;
import dev.sshtunnels.testing.TcpServer;
import dev.sshtunnels.tunnel.AllowedDestination;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.SocksRules;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a forwarded connection carries, and how it ends. */
class ConnectionsTest extends ForwardingScenario {

    @ParameterizedTest
    @ValueSource(strings = {"L", "R", "D"})
    void clientThatEndsItsSideFirstStillGetsTheWholeReply(String mode) throws Exception {
        try (TcpServer target = TcpServer.on(client -> {
                    byte[] request = client.getInputStream().readAllBytes();
                    client.getOutputStream().write(("got " + request.length).getBytes(UTF_8));
                });
                Socket client = connect(mode, target.port())) {
            client.getOutputStream().write(new byte[100_000]);
            client.shutdownOutput();
            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .isEqualTo("got 100000");
        }
        awaitNoChannels();
    }

    @ParameterizedTest
    @ValueSource(strings = {"L", "R", "D"})
    void targetThatEndsItsSideFirstStillGetsTheWholeRequest(String mode) throws Exception {
        CompletableFuture<Integer> received = new CompletableFuture<>();
        try (TcpServer target = TcpServer.on(client -> {
                    client.getOutputStream().write("hello".getBytes(UTF_8));
                    client.shutdownOutput();
                    received.complete(client.getInputStream().readAllBytes().length);
                });
                Socket client = connect(mode, target.port())) {
            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .isEqualTo("hello");
            client.getOutputStream().write(new byte[70_000]);
            client.shutdownOutput();
            assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo(70_000);
        }
        awaitNoChannels();
    }

    @Test
    void refusedTargetOfLResetsTheClient() throws Exception {
        Forwarding.Opened forward = forwarding.local(Forwarding.freePort());
        try (Socket client = new Socket("127.0.0.1", forward.port())) {
            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(forward.target().reason()).isEqualTo(Reason.TargetRefused);
    }

    @Test
    void refusedTargetOfREndsTheConnectionAtTheServer() throws Exception {
        Forwarding.Opened forward = forwarding.remote(Forwarding.freePort());
        assertThat(forward.exposure().finding().reason())
                .as("tried, so that clients are not kept any more")
                .isEqualTo(Reason.Verified);
        try (Socket client = new Socket("127.0.0.1", forward.port())) {
            assertThat(readOrReset(client)).isEqualTo(-1);
        }
        assertThat(forward.target().reason()).isEqualTo(Reason.TargetRefused);
        sshd.awaitLog("open failed: connect failed: Connection refused");
    }

    @Test
    void unresolvableTargetOfLIsNamed() throws Exception {
        Forwarding.Opened forward = forwarding.open(new Forward.Local(
                "l", new HostPort("localhost", Forwarding.freePort()), new HostPort("nowhere.invalid", 1)));
        try (Socket client = new Socket("127.0.0.1", forward.port())) {
            assertThat(readOrReset(client)).isEqualTo(-1);
        }
        assertThat(forward.target().reason()).isIn(Reason.TargetUnresolvable, Reason.TargetUnreachable);
    }

    @Test
    void socksClientIsToldThatTheTargetRefused() throws Exception {
        int proxy = forwarding.dynamic().port();
        try (Socket client = new Socket(socks(proxy))) {
            InetSocketAddress closed = new InetSocketAddress("127.0.0.1", Forwarding.freePort());
            assertThatThrownBy(() -> client.connect(closed))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("Connection refused");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"R", "remote SOCKS"})
    void targetThatAnswersAfterTheForwardHasEndedIsLeftAgain(String mode) throws Exception {
        try (SilentTarget target = new SilentTarget()) {
            Forwarding.Opened forward = mode.equals("R")
                    ? forwarding.remote(target.port())
                    : forwarding.open(
                            new Forward.RemoteDynamic("r", new HostPort("localhost", 0)),
                            new SocksRules(Optional.empty(), List.of(AllowedDestination.parse("*"))));
            try (SocksClient client = new SocksClient(forward.port())) {
                client.send(new byte[] {5, 1, 0}, SocksClient.request(1, "127.0.0.1", target.port()));
                await().until(() -> target.strangers() > 0);
                forward.close(OpenForward.Connections.RESET);
                assertThat(target.readOfAStranger()).isEqualTo(-1);
                awaitNoChannels();
            }
        }
    }

    @Test
    void resetOfTheClientEndsTheTargetsConnection() throws Exception {
        CompletableFuture<Integer> end = new CompletableFuture<>();
        try (TcpServer target = TcpServer.on(client -> {
            client.getInputStream().read();
            client.getOutputStream().write(1);
            end.complete(readOrReset(client));
        })) {
            Socket client = connect("L", target.port());
            client.getOutputStream().write(1);
            client.getInputStream().read();
            client.setSoLinger(true, 0);
            client.close();
            assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
        }
        awaitNoChannels();
    }

    @Test
    void endedForwardKeepsItsConnectionsWhenAskedTo() throws Exception {
        try (TcpServer target = TcpServer.echo()) {
            Forwarding.Opened forward = forwarding.local(target.port());
            int port = forward.port();
            try (Socket client = new Socket("127.0.0.1", port)) {
                roundTrip(client);
                forward.close(OpenForward.Connections.KEEP);
                await().atMost(Duration.ofSeconds(10)).until(() -> isRefused("127.0.0.1", port));
                roundTrip(client);
            }
        }
    }

    @Test
    void lostSessionResetsItsClients() throws Exception {
        try (TcpServer target = TcpServer.echo()) {
            Forwarding.Opened forward = forwarding.local(target.port());
            int port = forward.port();
            try (Socket client = new Socket("127.0.0.1", port)) {
                roundTrip(client);
                forwarding.connection().close();
                assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> isRefused("127.0.0.1", port));
        }
    }

    @Test
    void readerThatPausesLosesNothingAndDelaysNobody() throws Exception {
        int bytes = 64 << 20;
        try (TcpServer source = TcpServer.on(client -> client.getOutputStream().write(new byte[bytes]));
                TcpServer echo = TcpServer.echo();
                Socket paused = connect("L", source.port());
                Socket other = connect("L", echo.port())) {
            paused.getInputStream().read();
            for (int i = 0; i < 100; i++) {
                roundTrip(other);
            }
            assertThat(paused.getInputStream().readAllBytes()).hasSize(bytes - 1);
        }
    }
}
