package dev.sshtunnels.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.differential.Conversation.Outcome;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.Sshd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conversations through L, R and D of one session of each contestant; none may leave anything behind. */
@Timeout(120)
abstract class ConversationScenario {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<Mode> MODES = List.of(Mode.L, Mode.R, Mode.D);
    private static final Pattern CHANNEL = Pattern.compile("channel \\d+: (new|free:) (direct|forwarded)-tcpip");

    @TempDir
    static Path directory;

    static Sshd sshd;
    static Target target;
    private static BothSessions sessions;

    @BeforeAll
    static void openSessions() throws IOException {
        ClientKeys.ClientKey key = new ClientKeys(directory).ed25519();
        sshd = Sshd.accepting(key);
        target = new Target();
        sessions = BothSessions.open(sshd, key, directory, ConversationScenario::forwards);
    }

    private static List<Wanted> forwards(Ports ports) {
        return List.of(
                Wanted.local(ports.next()).to(target.port()),
                Wanted.remote(ports.next()).to(target.port()),
                Wanted.dynamic(ports.next()));
    }

    @AfterAll
    static void closeSessions() throws Exception {
        sessions.close();
        target.close();
        sshd.close();
    }

    /** Asserts that both ends see this, whoever holds the tunnel and in every mode. */
    static void bothSee(Conversation conversation, Outcome expected) throws Exception {
        for (Mode mode : MODES) {
            assertThat(play(conversation, sessions.withSsh(), mode))
                    .as("through ssh -%s", mode)
                    .isEqualTo(expected);
            assertThat(play(conversation, sessions.withAgent(), mode))
                    .as("through the agent, %s", mode)
                    .isEqualTo(expected);
        }
    }

    private static Outcome play(Conversation conversation, Session session, Mode mode) throws Exception {
        Outcome outcome = conversation.play(() -> connect(session, mode), target);
        awaitNoChannels();
        return outcome;
    }

    private static Socket connect(Session session, Mode mode) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), session.port(MODES.indexOf(mode)));
        if (mode == Mode.D) {
            SocksClient.ask(socket, SocksClient.Version.SOCKS5_ADDRESS, "127.0.0.1", target.port());
        }
        return socket;
    }

    /** sshd has freed the channel of every connection. */
    private static void awaitNoChannels() {
        await("sshd has freed every channel")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> channels("new") == channels("free:"));
    }

    private static long channels(String what) {
        return sshd.log().stream()
                .map(CHANNEL::matcher)
                .filter(line -> line.find() && line.group(1).equals(what))
                .count();
    }

    static Outcome outcome(List<ConnectionEvent> client, List<ConnectionEvent> target) {
        return new Outcome(client, target);
    }

    static ConnectionEvent request(long bytes) {
        return ConnectionEvent.received(Payload.OF_CLIENT, bytes);
    }

    static ConnectionEvent reply(long bytes) {
        return ConnectionEvent.received(Payload.OF_TARGET, bytes);
    }
}
