package dev.sshtunnels.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpServer;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session with a real sshd, and what tests do with sockets. */
@Timeout(60)
public abstract class ForwardingScenario {

    @TempDir
    protected static Path directory;

    protected static ClientKeys.ClientKey key;
    protected static Sshd sshd;

    protected Forwarding forwarding;

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

    protected Forwarding.Opened remote(String address, int port, TcpServer target) {
        return forwarding.open(new Forward.Remote(
                "r" + address, new HostPort(address, port), new HostPort("127.0.0.1", target.port())));
    }

    protected Socket connect(String mode, int targetPort) throws Exception {
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

    protected static Proxy socks(int port) {
        return new Proxy(Proxy.Type.SOCKS, new InetSocketAddress("127.0.0.1", port));
    }

    protected void awaitNoChannels() {
        await("all channels closed").atMost(Duration.ofSeconds(10)).until(() -> forwarding.openChannels() == 0);
    }

    protected static boolean echoes(String host, int port) throws IOException {
        try (Socket client = new Socket(host, port)) {
            roundTrip(client);
            return true;
        }
    }

    protected static int firstByte(String host, int port) throws IOException {
        try (Socket client = new Socket(host, port)) {
            return client.getInputStream().read();
        }
    }

    protected static void roundTrip(Socket client) throws IOException {
        client.getOutputStream().write("ping".getBytes(UTF_8));
        assertThat(client.getInputStream().readNBytes(4)).isEqualTo("ping".getBytes(UTF_8));
    }

    public static boolean isRefused(String host, int port) {
        try (Socket _ = new Socket(host, port)) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    protected static int readOrReset(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException _) {
            return -1;
        }
    }
}
