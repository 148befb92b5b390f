package dev.sshtunnels.differential;

import static dev.sshtunnels.differential.ConnectionEvent.FIN;
import static dev.sshtunnels.differential.ConnectionEvent.RST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.SilentTarget;
import dev.sshtunnels.testing.Sshd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A target that answers nothing, not even with a refusal.
 *
 * <p>Knowing difference: {@code ssh} and sshd wait as long as the kernel repeats its SYN, about two minutes on Linux
 * (channels.c, connect_next, has no time limit of its own). The agent gives up after 10 seconds.
 */
@Timeout(60)
class SilentTargetTest {

    @TempDir
    Path directory;

    private SilentTarget silent;
    private Sshd sshd;
    private BothSessions sessions;

    @BeforeEach
    void start() throws IOException {
        silent = new SilentTarget();
        ClientKeys.ClientKey key = new ClientKeys(directory).ed25519();
        sshd = Sshd.accepting(key);
        sessions = BothSessions.open(
                sshd,
                key,
                directory,
                ports -> List.of(
                        Wanted.local(ports.next()).to(silent.port()),
                        Wanted.remote(ports.next()).to(silent.port())));
    }

    @AfterEach
    void stop() throws IOException {
        sessions.close();
        sshd.close();
        silent.close();
    }

    @Test
    void onlyTheAgentGivesUp() throws Exception {
        try (Socket sshLocal = connect(sessions.withSsh(), 0);
                Socket sshRemote = connect(sessions.withSsh(), 1);
                Socket agentLocal = connect(sessions.withAgent(), 0);
                Socket agentRemote = connect(sessions.withAgent(), 1)) {
            assertThat(end(agentLocal)).isEqualTo(RST);
            assertThat(end(agentRemote)).isEqualTo(FIN);
            assertThat(isWaiting(sshLocal)).isTrue();
            assertThat(isWaiting(sshRemote)).isTrue();
        }
    }

    private static Socket connect(Session session, int forward) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), session.port(forward));
    }

    private static ConnectionEvent end(Socket client) throws IOException {
        Party party = new Party(Wire.of(client), Payload.OF_CLIENT, Payload.OF_TARGET, new Signals());
        party.receiveToEnd();
        return party.seen().getFirst();
    }

    private static boolean isWaiting(Socket client) throws IOException {
        client.setSoTimeout(1);
        try {
            client.getInputStream().read();
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        }
    }
}
