import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;

/**
 * Lets the agent of a distribution work for some seconds, so that the JVM writes an AOT cache (JEP 483, 514, 515) of what
 * it loaded, linked and found hot. With it the next agent starts faster and is fast from its first second.
 *
 * <p>Run from its source with the distribution's libraries on the class path, when an image is built; the SSH server
 * that the agent logs in to is MINA's, which is among those libraries.
 */
final class TrainingRun {

    private static final Duration BULK = Duration.ofSeconds(4);
    private static final int CONNECTIONS = 2000;
    private static final int BLOCK = 64 << 10;

    private final Path distribution;
    private final Path directory;
    private final int local = freePort();
    private final int socks = freePort();

    private TrainingRun(Path distribution, Path directory) {
        this.distribution = distribution;
        this.directory = directory;
    }

    /**
     * Writes the cache.
     *
     * @param args the distribution's directory and the file to write
     */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("sshtunnel-training");
        new TrainingRun(Path.of(args[0]), directory).run(Path.of(args[1]).toAbsolutePath());
        System.exit(0);
    }

    private void run(Path cache) throws Exception {
        KeyPair host = newKey();
        KeyPair identity = newKey();
        try (SshServer server = serve(host);
                ServerSocket echo = echo()) {
            write(server.getPort(), host, identity, echo.getLocalPort());
            Process agent = start(cache);
            work(echo.getLocalPort());
            agent.destroy();
            if (!agent.waitFor(2, TimeUnit.MINUTES) || !Files.exists(cache)) {
                throw new IllegalStateException("the agent wrote no cache; it ended with " + agent.exitValue());
            }
        }
    }

    // ---- what the agent talks to

    private static KeyPair newKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static SshServer serve(KeyPair host) throws IOException {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(host));
        server.setPublickeyAuthenticator((_, _, _) -> true);
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.start();
        return server;
    }

    private static ServerSocket echo() throws IOException {
        ServerSocket listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try {
                    Socket socket = listener.accept();
                    Thread.ofVirtual().start(() -> echo(socket));
                } catch (IOException _) {
                    return;
                }
            }
        });
        return listener;
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException _) {
            // The client has seen enough.
        }
    }

    private void write(int port, KeyPair host, KeyPair identity, int target) throws Exception {
        Path secret = Files.createDirectories(directory.resolve("secrets/training"));
        try (OutputStream out = Files.newOutputStream(secret.resolve("ssh-privatekey"))) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(identity, "training", null, out);
        }
        Files.writeString(directory.resolve("tunnel.yaml"), """
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: training}
                spec:
                  server:
                    endpoints: [{host: 127.0.0.1, port: %1$d}]
                    user: training
                    auth: {privateKeySecretRef: {name: training}}
                    hostKeys: {knownHosts: ["[127.0.0.1]:%1$d %2$s"]}
                  forwards:
                    - {name: local, mode: L, listen: {port: %3$d}, target: {host: 127.0.0.1, port: %5$d}}
                    - {name: socks, mode: D, listen: {port: %4$d}}
                    - {name: remote, mode: R, listen: {port: 0}, target: {host: 127.0.0.1, port: %5$d}}
                """.formatted(port, PublicKeyEntry.toString(host.getPublic()), local, socks, target));
    }

    private Process start(Path cache) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                distribution.resolve("bin/sshtunnel").toString(),
                "run",
                "-f",
                directory.resolve("tunnel.yaml").toString(),
                "--secrets",
                directory.resolve("secrets").toString(),
                "--management",
                "127.0.0.1:" + freePort(),
                "--log-format",
                "json");
        builder.environment().put("SSHTUNNEL_JAVA_OPTS", "-Xlog:aot=error -XX:AOTCacheOutput=" + cache);
        // The JVM that assembles the cache needs more than an agent.
        builder.environment().put("JDK_AOT_VM_OPTIONS", "-Xmx512m");
        return builder.inheritIO().start();
    }

    // ---- what the agent has to do

    private void work(int target) throws Exception {
        List<Thread> streams = List.of(
                Thread.ofVirtual().unstarted(this::stream), Thread.ofVirtual().unstarted(this::stream));
        connect(local, Duration.ofSeconds(30)).close();
        streams.forEach(Thread::start);
        for (Thread stream : streams) {
            stream.join();
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            try (Socket socket = i % 10 == 0 ? throughSocks(target) : connect(local, Duration.ZERO)) {
                exchange(socket, 64);
            }
        }
    }

    private static Socket connect(int port, Duration patience) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setTcpNoDelay(true);
                return socket;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }

    /** SOCKS5 without authentication to the echo server (RFC 1928). */
    private Socket throughSocks(int target) throws Exception {
        Socket socket = connect(socks, Duration.ZERO);
        socket.getOutputStream().write(new byte[] {5, 1, 0});
        socket.getInputStream().readNBytes(2);
        socket.getOutputStream().write(new byte[] {5, 1, 0, 1, 127, 0, 0, 1, (byte) (target >> 8), (byte) target});
        socket.getInputStream().readNBytes(10);
        return socket;
    }

    private static void exchange(Socket socket, int bytes) throws IOException {
        socket.getOutputStream().write(new byte[bytes]);
        socket.getInputStream().readNBytes(bytes);
    }

    /** As much as goes, both ways. */
    private void stream() {
        try (Socket socket = connect(local, Duration.ZERO)) {
            Thread reader = Thread.ofVirtual().start(() -> {
                try {
                    InputStream in = socket.getInputStream();
                    in.transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            long end = System.nanoTime() + BULK.toNanos();
            byte[] block = new byte[BLOCK];
            while (System.nanoTime() < end) {
                socket.getOutputStream().write(block);
            }
            socket.shutdownOutput();
            reader.join();
        } catch (Exception e) {
            throw new IllegalStateException("a stream through the tunnel broke", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
