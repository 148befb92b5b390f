package dev.sshtunnels.differential;

import static dev.sshtunnels.differential.ConnectionEvent.FIN;
import static dev.sshtunnels.differential.ConnectionEvent.RST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Sshd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a client is shown when its target cannot be reached.
 *
 * <p>Knowing difference for L: {@code ssh} closes the client's connection (channels.c, channel_input_open_failure),
 * which looks like a target that had nothing to say; the agent resets it, so that connection pools and health checks
 * notice. For R it is sshd that closes, with either client.
 */
@Timeout(60)
class FailingTargetsTest {

    @TempDir
    Path directory;

    private ClientKeys.ClientKey key;
    private Sshd sshd;

    @BeforeEach
    void start() {
        key = new ClientKeys(directory).ed25519();
        sshd = Sshd.accepting(key);
    }

    @AfterEach
    void stop() {
        sshd.close();
    }

    @Test
    void unixSocketThatIsNotThere() throws Exception {
        String path = directory.resolve("nobody").toString();
        try (BothSessions sessions = BothSessions.open(
                sshd,
                key,
                directory,
                ports -> List.of(Wanted.local(ports.next()).toUnixSocket(path)))) {
            assertThat(end(sessions.withSsh(), 0)).as("ssh").isEqualTo(FIN);
            assertThat(end(sessions.withAgent(), 0)).as("agent").isEqualTo(RST);
        }
    }

    /** A client that says nothing and waits. */
    private static ConnectionEvent end(Session session, int forward) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), session.port(forward))) {
            Party party = new Party(Wire.of(client), Payload.OF_CLIENT, Payload.OF_TARGET, new Signals());
            party.receiveToEnd();
            return party.seen().getFirst();
        }
    }

    private static List<Wanted> both(Ports ports, String host, int port) {
        return List.of(
                Wanted.local(ports.next()).to(host, port),
                Wanted.remote(ports.next()).to(host, port));
    }

    private void resetsWithLAndEndsWithR(String host, int port) throws Exception {
        try (BothSessions sessions = BothSessions.open(sshd, key, directory, ports -> both(ports, host, port))) {
            assertThat(ends(sessions.withSsh())).as("ssh, L and R").containsExactly(FIN, FIN);
            assertThat(ends(sessions.withAgent())).as("agent, L and R").containsExactly(RST, FIN);
        }
    }

    private static List<ConnectionEvent> ends(Session session) throws IOException {
        return List.of(end(session, 0), end(session, 1));
    }

    @Test
    void refused() throws Exception {
        resetsWithLAndEndsWithR("127.0.0.1", Ports.OF_THIS_RUN.next());
    }

    /** Linux has a broadcast route for it, to which no TCP connection can be made: ENETUNREACH at once. */
    @Test
    void unroutable() throws Exception {
        resetsWithLAndEndsWithR("127.255.255.255", 1);
    }

    @Test
    void nameThatDoesNotResolve() throws Exception {
        resetsWithLAndEndsWithR("nowhere.invalid", 1);
    }
}
