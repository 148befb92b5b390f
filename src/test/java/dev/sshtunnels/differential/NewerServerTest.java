package dev.sshtunnels.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.SshdBuilder;
import dev.sshtunnels.testing.SshdProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route through a server with the defaults of OpenSSH 10, and new keys on the way, whoever asks for them. The agent
 * agrees with it on ML-KEM; an {@code ssh} that is older than the server cannot.
 */
@Timeout(60)
class NewerServerTest {

    private static final String ML_KEM = "kex: algorithm: mlkem768x25519-sha256";
    private static final String LIMIT = "64K";
    private static final long BYTES = 256 << 10;

    /** Of the login; each route renews keys once at least. */
    private static final int EXCHANGES = 1 + Route.values().length;

    @TempDir
    Path directory;

    private ClientKey key;
    private Target.Tcp tcp;
    private Target.Unix unix;

    @BeforeEach
    void start() throws IOException {
        key = new ClientKeys(directory).ed25519();
        tcp = Target.tcp();
        unix = Target.unix(directory.resolve("target.socket"));
    }

    @AfterEach
    void stop() throws IOException {
        tcp.close();
        unix.close();
    }

    @Test
    void bytesAreTheSameWhileTheServerAsksForNewKeys() throws Exception {
        bytesAreTheSame(newer().config("RekeyLimit " + LIMIT), List.of(), List.of());
    }

    @Test
    void bytesAreTheSameWhileTheClientAsksForNewKeys() throws Exception {
        bytesAreTheSame(newer(), List.of("RekeyLimit=" + LIMIT), List.of("rekey: {bytes: " + LIMIT + "}"));
    }

    private static SshdBuilder newer() {
        return Sshd.builder().program(SshdProgram.newer());
    }

    private void bytesAreTheSame(SshdBuilder builder, List<String> sshOptions, List<String> specLines)
            throws Exception {
        try (Sshd sshd = builder.authorize(key).start();
                BothSessions sessions = BothSessions.open(
                        new Server(sshd, key, sshOptions, specLines),
                        directory,
                        ports -> Route.forwards(ports, tcp, unix))) {
            transfer(sessions.withSsh());
            transfer(sessions.withAgent());
            assertThat(sshd.logged(ML_KEM)).isGreaterThanOrEqualTo(EXCHANGES);
        }
    }

    private void transfer(Session session) throws Exception {
        Party.Script sends = Streams.bothWays(BYTES);
        for (Route route : Route.values()) {
            Target arrivals = route == Route.UNIX_SOCKET ? unix : tcp;
            assertThat(new Conversation(sends, sends).play(() -> route.connect(session, tcp.port()), arrivals))
                    .as("%s", route)
                    .isEqualTo(Streams.seenByBoth(BYTES));
        }
    }
}
