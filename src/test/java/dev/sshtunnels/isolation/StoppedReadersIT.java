package dev.sshtunnels.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Readers that stop")
class StoppedReadersIT extends IsolationScenario {

    /** The memory limit of an agent's container. */
    private static final long CONTAINER_LIMIT = 256L << 20;

    /** Longer than any timeout of a session that takes a full window for a dead peer. */
    private static final Duration PAUSE = Duration.ofSeconds(45);

    /** Small, so that bytes wait in the agent rather than in the kernel. */
    private static final int SOCKET_BUFFER = 8 << 10;

    private static final int CONNECTIONS = 1000;
    private static final int STOPPED = CONNECTIONS / 10;
    private static final int ROUNDS = 5;
    private static final int LOWER_QUARTILE = 25;
    private static final int EXCHANGES = 5;
    private static final int AT_A_TIME = 4;

    private final Flow flow = new Flow();
    private TunnelAgent agent;

    @BeforeEach
    void startAgent() throws Exception {
        TcpServer source = untilTheEnd(TcpServer.on(client -> {
            client.setSendBufferSize(SOCKET_BUFFER);
            flow.into(client.getOutputStream());
        }));
        agent = agent().local("source", source.port())
                .local("echo", echo.port())
                .start();
    }

    @Test
    void thousandAtOnceStayWithinTheMemoryOfAnAgentAndLoseNothing() throws Exception {
        List<Socket> stopped = stopped(CONNECTIONS);
        flow.awaitStall(PATIENCE);

        assertThat(agent.facts().residentBytes()).as("memory").isLessThan(CONTAINER_LIMIT);
        await("another connection works").atMost(PATIENCE).until(() -> Exchange.works(agent.port("echo")));
        for (Socket reader : stopped) {
            Flow.check(reader.getInputStream(), 0, 256 << 10);
        }
        for (Socket reader : stopped) {
            reader.close();
        }
        await("no connection is open").atMost(PATIENCE).until(() -> agent.metric("sshtunnel_active_connections") == 0);
    }

    @Test
    void pauseThatLastsLosesNothing() throws Exception {
        Socket reader = connect(agent.port("source"));
        Flow.check(reader.getInputStream(), 0, 1000);
        await("the pause")
                .pollDelay(PAUSE)
                .atMost(PAUSE.plus(PATIENCE))
                .until(() -> Exchange.works(agent.port("echo")));
        Flow.check(reader.getInputStream(), 1000, 64 << 20);
    }

    @Test
    void oneTenthOfAThousandLeavesTheOthersTheirLatency() throws Exception {
        List<Exchange> others = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS - STOPPED; i++) {
            others.add(untilTheEnd(Exchange.with(agent.port("echo"))));
        }
        long[] unloaded = new long[ROUNDS];
        long[] loaded = new long[ROUNDS];
        tail(others);
        // In turns, so that what else the machine does meets both alike.
        for (int round = 0; round < ROUNDS; round++) {
            unloaded[round] = besides(open(agent.port("echo"), STOPPED), others);
            loaded[round] = besides(stopped(STOPPED), others);
        }

        // What else runs on the machine can only add, so that the lower rounds tell most.
        assertThat(Latency.percentile(loaded, LOWER_QUARTILE))
                .as("p99 in ns, beside %d that stopped %s and without them %s", STOPPED, loaded, unloaded)
                .isLessThan(2 * Latency.percentile(unloaded, LOWER_QUARTILE));
    }

    /** Connections to the source that nobody reads. */
    private List<Socket> stopped(int count) throws IOException {
        return open(agent.port("source"), count);
    }

    private List<Socket> open(int port, int count) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket socket = untilTheEnd(new Socket());
            socket.setReceiveBufferSize(SOCKET_BUFFER);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            sockets.add(socket);
        }
        return sockets;
    }

    private long besides(List<Socket> sockets, List<Exchange> others) throws Exception {
        flow.awaitStall(PATIENCE);
        long tail = tail(others);
        for (Socket socket : sockets) {
            socket.close();
        }
        return tail;
    }

    /** The 99th percentile, in nanoseconds, of exchanges on connections that are there. */
    private static long tail(List<Exchange> connections) throws Exception {
        List<Callable<long[]>> shares = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME; i++) {
            List<Exchange> share =
                    connections.subList(connections.size() * i / AT_A_TIME, connections.size() * (i + 1) / AT_A_TIME);
            shares.add(() -> times(share));
        }
        try (ExecutorService clients = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<long[]> all = new ArrayList<>();
            for (Future<long[]> share : clients.invokeAll(shares)) {
                all.add(share.get());
            }
            return Latency.percentile(all.stream().flatMapToLong(Arrays::stream).toArray(), 99);
        }
    }

    private static long[] times(List<Exchange> connections) throws IOException {
        long[] nanos = new long[connections.size() * EXCHANGES];
        for (int i = 0; i < nanos.length; i++) {
            long begin = System.nanoTime();
            connections.get(i % connections.size()).say("ping");
            nanos[i] = System.nanoTime() - begin;
        }
        return nanos;
    }
}
