package dev.sshtunnels.isolation;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real sshd, an echo, and sockets that end with the test. */
@Timeout(180)
abstract class IsolationScenario {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    final TcpServer echo = TcpServer.echo();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private ClientKey key;
    Sshd sshd;

    @BeforeEach
    void startServer() {
        key = new ClientKeys(directory).ed25519();
        sshd = Sshd.builder().authorize(key).config("LogLevel INFO").start();
    }

    @AfterEach
    void endAll() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
        echo.close();
        sshd.close();
    }

    /** Documents for an agent that ends with the test, once it was started. */
    TunnelAgent agent() throws IOException {
        return untilTheEnd(new TunnelAgent(directory, sshd, key));
    }

    <T extends AutoCloseable> T untilTheEnd(T one) {
        opened.add(one);
        return one;
    }

    <T> T untilTheEnd(T one, Consumer<T> end) {
        opened.add(() -> end.accept(one));
        return one;
    }

    /** A connection that ends with the test. */
    Socket connect(int port) throws IOException {
        Socket socket = untilTheEnd(new Socket());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    List<Socket> connect(int port, int count) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(connect(port));
        }
        return sockets;
    }
}
