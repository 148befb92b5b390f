package dev.sshtunnels.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A connection whose session ends is reset, so that nobody takes what arrived for all there was")
class LostSessionIT extends IsolationScenario {

    /** How a session ends under its connections. */
    enum Loss {
        SERVER_DIES {
            @Override
            void happen(LostSessionIT test) {
                test.sshd.killSessions();
            }
        },
        AGENT_IS_STOPPED {
            @Override
            void happen(LostSessionIT test) throws Exception {
                assertThat(test.agent.process().terminate()).isZero();
            }
        };

        abstract void happen(LostSessionIT test) throws Exception;
    }

    private final Flow flow = new Flow();
    private final CompletableFuture<IOException> endAtTarget = new CompletableFuture<>();
    private TunnelAgent agent;

    /** Targets: one that echoes, one that never stops sending, and one of an R forward that tells how its end looked. */
    @BeforeEach
    void startAgent() throws Exception {
        TcpServer source = untilTheEnd(TcpServer.on(client -> flow.into(client.getOutputStream())));
        TcpServer telling = untilTheEnd(TcpServer.on(client -> endAtTarget.complete(endOf(client))));
        agent = agent().local("idle", echo.port())
                .local("full", source.port())
                .local("busy", source.port())
                .dynamic("socks")
                .remote("remote", telling.port())
                .start();
    }

    @ParameterizedTest
    @EnumSource
    void idleConnectionsOfEveryMode(Loss loss) throws Exception {
        Socket local = connect(agent.port("idle"));
        Socket socks = throughSocks();
        Socket remote = connect(agent.port("remote"));
        for (Socket client : List.of(local, socks)) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);
        }
        remote.getOutputStream().write(1);
        assertThat(remote.getInputStream().read()).isEqualTo(1);

        loss.happen(this);

        assertIsReset(local);
        assertIsReset(socks);
        assertThat(endAtTarget.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).hasMessageContaining("reset");
    }

    @ParameterizedTest
    @EnumSource
    void connectionsWithQueuedData(Loss loss) throws Exception {
        List<Socket> stalled = connect(agent.port("full"), 10);
        flow.awaitStall(PATIENCE);

        loss.happen(this);

        for (Socket client : stalled) {
            assertIsReset(client);
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectionsThatAreBusy(Loss loss) throws Exception {
        List<CompletableFuture<IOException>> ends = new ArrayList<>();
        for (Socket client : connect(agent.port("busy"), 10)) {
            CompletableFuture<IOException> end = new CompletableFuture<>();
            Flow.check(client.getInputStream(), 0, 1 << 20);
            Thread.ofVirtual().start(() -> end.complete(endOf(client)));
            ends.add(end);
        }

        loss.happen(this);

        for (CompletableFuture<IOException> end : ends) {
            assertThat(end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).hasMessageContaining("reset");
        }
    }

    private Socket throughSocks() throws IOException {
        InetSocketAddress proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), agent.port("socks"));
        Socket socket = untilTheEnd(new Socket(new Proxy(Proxy.Type.SOCKS, proxy)));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), echo.port()));
        return socket;
    }

    private static void assertIsReset(Socket client) {
        assertThatThrownBy(() -> client.getInputStream().readAllBytes())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    /** Answers the first byte and reads to the end; a FIN is an exception that says so. */
    private static IOException endOf(Socket client) {
        try {
            InputStream in = client.getInputStream();
            client.getOutputStream().write(in.read());
            while (in.read() >= 0) {
                in.skip(in.available());
            }
            return new IOException("an end that looks orderly");
        } catch (IOException e) {
            return e;
        }
    }
}
