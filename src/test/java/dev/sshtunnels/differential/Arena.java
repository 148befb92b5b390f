package dev.sshtunnels.differential;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.SshdBuilder;
import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One sshd, one echo and free ports for the scenarios of a test class, each of which has a contest of its own. */
final class Arena implements AutoCloseable {

    private final Path directory;
    private final Ports ports;
    private final ClientKey key;
    private final Sshd sshd;
    private final TcpServer echo = TcpServer.echo();

    private Arena(Path directory, Ports ports, SshdBuilder server, String... keyOptions) {
        this.directory = directory;
        this.ports = ports;
        this.key = new ClientKeys(directory).ed25519();
        this.sshd = server.authorize(key, keyOptions).start();
    }

    /** With an sshd that has these lines of sshd_config. */
    static Arena with(Path directory, String... config) {
        return new Arena(directory, Ports.OF_THIS_RUN, Sshd.builder().config(config));
    }

    /** Beside other arenas, which have the same ports to give. */
    static Arena with(Path directory, Ports ports, SshdBuilder server, String... keyOptions) {
        return new Arena(directory, ports, server, keyOptions);
    }

    Contest contest() throws IOException {
        return contest(List.of(), List.of());
    }

    /** @see Contest#at(Sshd, ClientKey, Path, List, List) */
    Contest contest(List<String> sshOptions, List<String> specLines) throws IOException {
        return Contest.at(sshd, key, Files.createTempDirectory(directory, "contest"), sshOptions, specLines);
    }

    Sshd sshd() {
        return sshd;
    }

    /** Port of a server on 127.0.0.1 that sends back what it reads. */
    int echo() {
        return echo.port();
    }

    int port() {
        return ports.next();
    }

    @Override
    public void close() throws IOException {
        echo.close();
        sshd.close();
    }
}
