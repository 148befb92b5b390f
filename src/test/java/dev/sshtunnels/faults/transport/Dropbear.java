package dev.sshtunnels.faults.transport;

import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Commands;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.TcpSockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A Dropbear server on loopback that takes one key, which it finds in a home directory of its own; wants root. */
final class Dropbear implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Dropbear reads the account's file alone, so that its home has to be another one in its sight. */
    private static final String IN_A_HOME_OF_ITS_OWN = """
            mount -t tmpfs -o mode=700 tmpfs "$HOME" && mkdir -m 700 "$HOME/.ssh" \
            && cp "$0" "$HOME/.ssh/authorized_keys" && chmod 600 "$HOME/.ssh/authorized_keys" && exec "$@"
            """;

    private final Path hostKey;
    private final int port;
    private final Process process;

    Dropbear(Path directory, ClientKey key) throws IOException {
        hostKey = directory.resolve("dropbear_host_key");
        port = Ports.OF_THIS_RUN.next();
        Commands.run(List.of("dropbearkey", "-t", "ed25519", "-f", hostKey.toString()));
        List<String> home = List.of("unshare", "--mount", "sh", "-c", IN_A_HOME_OF_ITS_OWN);
        List<String> server = List.of(
                key.publicFile().toString(),
                "dropbear",
                "-F",
                "-E",
                "-s",
                "-P",
                "",
                "-r",
                hostKey.toString(),
                "-p",
                "127.0.0.1:" + port);
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(home.stream(), server.stream()).toList())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("dropbear.log").toFile());
        process = builder.start();
        await("Dropbear listens: " + Files.readString(directory.resolve("dropbear.log")))
                .atMost(PATIENCE)
                .until(() -> TcpSockets.listening().contains(port));
    }

    int port() {
        return port;
    }

    /** Key type and base64. */
    String hostKey() {
        return Commands.run(List.of("dropbearkey", "-y", "-f", hostKey.toString()))
                .lines()
                .filter(line -> line.startsWith("ssh-"))
                .map(line -> line.replaceFirst("^(\\S+ \\S+).*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        List<ProcessHandle> sessions = process.descendants().toList();
        process.destroy();
        sessions.forEach(ProcessHandle::destroyForcibly);
    }
}
