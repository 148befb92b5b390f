package dev.sshtunnels.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** L, R and D over a session with a real sshd. */
@Timeout(60)
class ForwardingTest {

    @TempDir
    static Path directory;

    private static ClientKeys.ClientKey key;
    private static Sshd sshd;

    private Forwarding forwarding;

    @BeforeAll
    static void startServer() {
        key = new ClientKeys(directory).ed25519();
        sshd = Sshd.builder()
                .authorize(key)
                .config("GatewayPorts clientspecified")
                .start();
    }

    @AfterAll
    static void stopServer() {
        sshd.close();
    }

    @BeforeEach
    void connect() throws Exception {
        forwarding = new Forwarding(sshd, key);
    }

    @AfterEach
    void disconnect() {
        forwarding.close();
    }

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
        try (Socket client = new Socket("127.0.0.1", forward.port())) {
            assertThat(readOrReset(client)).isEqualTo(-1);
        }
        assertThat(forward.target().reason()).isEqualTo(Reason.TargetRefused);
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
    void localhostListensOnBothLoopbackAddresses() throws Exception {
        try (TcpServer target = TcpServer.echo()) {
            int port = forwarding.local(target.port()).port();
            assertThat(echoes("127.0.0.1", port)).isTrue();
            assertThat(echoes("::1", port)).isTrue();
        }
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
        ClientKeys.ClientKey restricted = new ClientKeys(directory).ed25519();
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

    private Forwarding.Opened remote(String address, int port, TcpServer target) {
        return forwarding.open(new Forward.Remote(
                "r" + address, new HostPort(address, port), new HostPort("127.0.0.1", target.port())));
    }

    private Socket connect(String mode, int targetPort) throws Exception {
        return switch (mode) {
            case "L" -> new Socket("127.0.0.1", forwarding.local(targetPort).port());
            case "R" -> new Socket("127.0.0.1", forwarding.remote(targetPort).port());
            default -> {
                Socket client = new Socket(socks(forwarding.dynamic().port()));
                client.connect(new InetSocketAddress("127.0.0.1", targetPort));
                yield client;
            }
        };
    }

    private static Proxy socks(int port) {
        return new Proxy(Proxy.Type.SOCKS, new InetSocketAddress("127.0.0.1", port));
    }

    private void awaitNoChannels() {
        await("all channels closed").atMost(Duration.ofSeconds(10)).until(() -> forwarding.openChannels() == 0);
    }

    private static boolean echoes(String host, int port) throws IOException {
        try (Socket client = new Socket(host, port)) {
            roundTrip(client);
            return true;
        }
    }

    private static int firstByte(String host, int port) throws IOException {
        try (Socket client = new Socket(host, port)) {
            return client.getInputStream().read();
        }
    }

    private static void roundTrip(Socket client) throws IOException {
        client.getOutputStream().write("ping".getBytes(UTF_8));
        assertThat(client.getInputStream().readNBytes(4)).isEqualTo("ping".getBytes(UTF_8));
    }

    private static boolean isRefused(String host, int port) {
        try (Socket _ = new Socket(host, port)) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static int readOrReset(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException _) {
            return -1;
        }
    }
}
