package dev.sshtunnels.forward;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A port whose queue of connections is full: Linux drops further SYNs, so a connect to it neither succeeds nor fails. */
final class SilentTarget implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    private final List<SocketChannel> queued = new ArrayList<>();
    private final Set<Integer> queuedPorts = new HashSet<>();

    SilentTarget() throws IOException {
        for (int i = 0; i < 4; i++) {
            SocketChannel filler = SocketChannel.open();
            filler.configureBlocking(false);
            filler.bind(new InetSocketAddress("127.0.0.1", 0));
            filler.connect(new InetSocketAddress("127.0.0.1", listener.getLocalPort()));
            queued.add(filler);
            queuedPorts.add(((InetSocketAddress) filler.getLocalAddress()).getPort());
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Waits until somebody else tries to connect: its socket is in SYN_SENT (proc(5), /proc/net/tcp). */
    void awaitStranger() {
        String synSentToUs = ":%04X 02".formatted(port());
        await().until(() -> Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(SilentTarget::lines)
                .filter(line -> line.contains(synSentToUs))
                .anyMatch(line -> queuedPorts.stream().noneMatch(own -> line.contains(":%04X ".formatted(own)))));
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file)).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers from now on: what the first connection of somebody else reads, -1 for its end. */
    int readOfAStranger() throws IOException {
        listener.setSoTimeout(PATIENCE_MILLIS);
        while (true) {
            try (Socket client = listener.accept()) {
                if (!queuedPorts.contains(client.getPort())) {
                    client.setSoTimeout(PATIENCE_MILLIS);
                    return client.getInputStream().read();
                }
            } catch (SocketException reset) {
                return -1;
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel filler : queued) {
            filler.close();
        }
        listener.close();
    }
}
