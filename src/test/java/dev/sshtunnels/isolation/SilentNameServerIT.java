package dev.sshtunnels.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A name server that never answers delays nobody who does not need it")
class SilentNameServerIT extends IsolationScenario {

    /** More than the JDK has carriers for virtual threads, by default and at most. */
    private static final int NAMES = 300;

    private static final int DNS = 53;

    /** The names that were asked for, as they stand in the questions. */
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    @Test
    void healthyTargetsAndTheAgentItselfGoOn() throws Exception {
        InetAddress silent = silentNameServer();
        TunnelAgent agent = agent().remote("healthy", "localhost", echo.port());
        for (int i = 0; i < NAMES; i++) {
            agent.remote("unresolvable-" + i, "target-" + i + ".example", 80);
        }
        // Looking a name up anew for each connection, the healthy target would wait if any lookup could make it wait.
        agent.with("-Dsun.net.inetaddr.ttl=0").by(resolvingWith(silent)).start();
        Latency.connectAndEcho(agent.port("healthy"));
        int threads = agent.facts().threads();
        for (int i = 0; i < NAMES; i++) {
            connect(agent.port("unresolvable-" + i));
        }
        await("every name is asked for").atMost(PATIENCE).until(() -> asked.size() >= NAMES);

        assertThat(Latency.connectAndEcho(agent.port("healthy"))).isLessThan(Duration.ofMillis(50));
        assertThat(agent.process().get("/livez").statusCode()).isEqualTo(200);
        assertThat(agent.facts().threads()).as("lookups still hang").isGreaterThanOrEqualTo(threads + NAMES);
        await("threads end with their lookups")
                .atMost(PATIENCE)
                .until(() -> agent.facts().threads() <= threads + 2);
    }

    private InetAddress silentNameServer() throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] address = {127, 53, (byte) random.nextInt(256), (byte) random.nextInt(1, 255)};
        DatagramSocket socket =
                untilTheEnd(new DatagramSocket(new InetSocketAddress(InetAddress.getByAddress(address), DNS)));
        Thread.ofVirtual().start(() -> listen(socket));
        return socket.getLocalAddress();
    }

    private void listen(DatagramSocket socket) {
        byte[] buffer = new byte[512];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                // RFC 1035 4.1: the question follows a header of 12 bytes, its first label's length in the first.
                asked.add(new String(buffer, 13, buffer[12]));
            }
        } catch (IOException _) {
            // The test is over.
        }
    }

    /** A command that runs another with a resolv.conf of its own. */
    private String[] resolvingWith(InetAddress server) throws IOException {
        Path file = Files.writeString(
                directory.resolve("resolv.conf"),
                "nameserver " + server.getHostAddress() + "\noptions timeout:10 attempts:1\n");
        String mount = "mount --bind " + file + " /etc/resolv.conf && exec \"$@\"";
        return new String[] {"unshare", "--mount", "sh", "-c", mount, "sh"};
    }
}
