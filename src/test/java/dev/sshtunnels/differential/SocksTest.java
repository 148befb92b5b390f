package dev.sshtunnels.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Sshd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * SOCKS clients of D.
 *
 * <p>Knowing difference: {@code ssh} has one reply, that it succeeded (channels.c, channel_decode_socks4 and
 * channel_decode_socks5). When the channel cannot be opened, or when it does not know what is asked, it ends the
 * connection without any. The agent replies with the code that RFC 1928 section 6 has for the cause.
 */
@Timeout(60)
class SocksTest {

    private static final String METHOD_NONE = "0500 ";
    private static final String SOCKS5_SUCCEEDED = METHOD_NONE + "05000001000000000000";
    private static final String SOCKS4_GRANTED = "005a000000000000";
    private static final String SOCKS4_REJECTED = "005b000000000000";

    @TempDir
    static Path directory;

    private static Sshd sshd;
    private static BothSessions sessions;

    @BeforeAll
    static void open() {
        ClientKeys.ClientKey key = new ClientKeys(directory).ed25519();
        sshd = Sshd.accepting(key);
        sessions = BothSessions.open(sshd, key, directory, ports -> List.of(Wanted.dynamic(ports.next())));
    }

    @AfterAll
    static void close() {
        sessions.close();
        sshd.close();
    }

    @ParameterizedTest
    @CsvSource({
        "SOCKS4, 127.0.0.1, 127.0.0.1",
        "SOCKS4A, localhost, 127.0.0.1",
        "SOCKS4A, 127.0.0.1, 127.0.0.1",
        "SOCKS5_ADDRESS, 127.0.0.1, 127.0.0.1",
        "SOCKS5_ADDRESS, ::1, ::1",
        "SOCKS5_NAME, localhost, 127.0.0.1",
        "SOCKS5_NAME, 127.0.0.1, 127.0.0.1",
        "SOCKS5_NAME, ::1, ::1"
    })
    void bothConnect(SocksClient.Version version, String asked, String listens) throws Exception {
        String granted = version.isVersion5() ? SOCKS5_SUCCEEDED : SOCKS4_GRANTED;
        assertThat(transfer(sessions.withSsh(), version, asked, listens))
                .as("ssh")
                .isEqualTo(granted);
        assertThat(transfer(sessions.withAgent(), version, asked, listens))
                .as("agent")
                .isEqualTo(granted);
    }

    /** The reply, after a megabyte went each way. */
    private static String transfer(Session session, SocksClient.Version version, String asked, String listens)
            throws Exception {
        long bytes = 1 << 20;
        StringBuilder reply = new StringBuilder();
        try (Target.Tcp target = Target.tcp(InetAddress.getByName(listens))) {
            Party.Script sends = Streams.bothWays(bytes);
            Conversation.Outcome outcome = new Conversation(sends, sends)
                    .play(
                            () -> {
                                Socket socket = connect(session);
                                reply.append(SocksClient.ask(socket, version, asked, target.port()));
                                return Wire.of(socket);
                            },
                            target);
            assertThat(outcome).isEqualTo(Streams.seenByBoth(bytes));
        }
        return reply.toString();
    }

    private static Socket connect(Session session) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), session.port(0));
        socket.setSoTimeout((int) Party.PATIENCE.toMillis());
        return socket;
    }

    private static String asked(Session session, SocksClient.Version version, String host, int port)
            throws IOException {
        try (Socket socket = connect(session)) {
            return SocksClient.ask(socket, version, host, port) + end(socket);
        }
    }

    private static String end(Socket socket) throws IOException {
        Party party = new Party(Wire.of(socket), Payload.OF_CLIENT, Payload.OF_TARGET, new Signals());
        party.receiveToEnd();
        return party.seen().getFirst() == ConnectionEvent.FIN ? " FIN" : " " + party.seen();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, SOCKS5_ADDRESS, 05",
        "127.0.0.1, SOCKS5_NAME, 05",
        "127.255.255.255, SOCKS5_ADDRESS, 04",
        "nowhere.invalid, SOCKS5_NAME, 04"
    })
    void onlyTheAgentSaysWhyInSocks5(String host, SocksClient.Version version, String code) throws Exception {
        int port = Exchange.freePort();
        assertThat(asked(sessions.withSsh(), version, host, port)).isEqualTo(METHOD_NONE + " FIN");
        assertThat(asked(sessions.withAgent(), version, host, port))
                .isEqualTo(METHOD_NONE + "05" + code + "0001000000000000 FIN");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, SOCKS4", "127.0.0.1, SOCKS4A", "nowhere.invalid, SOCKS4A"})
    void onlyTheAgentRejectsInSocks4(String host, SocksClient.Version version) throws Exception {
        int port = Exchange.freePort();
        assertThat(asked(sessions.withSsh(), version, host, port)).isEqualTo(" FIN");
        assertThat(asked(sessions.withAgent(), version, host, port)).isEqualTo(SOCKS4_REJECTED + " FIN");
    }

    private static String said(Session session, String request) throws IOException {
        try (Socket socket = connect(session)) {
            socket.getOutputStream().write(HexFormat.of().parseHex(request));
            return HexFormat.of().formatHex(socket.getInputStream().readAllBytes());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BIND, 050100050200017f0000010050, 0500, 050005070001000000000000",
        "UDP ASSOCIATE, 050100050300017f0000010050, 0500, 050005070001000000000000",
        "an address type of its own, 050100050100097f0000010050, 0500, 050005080001000000000000",
        "only passwords offered, 050102, '', 05ff",
        "SOCKS4 BIND, 040200507f00000100, '', 005b000000000000"
    })
    void onlyTheAgentSaysThatItDoesNotDoThat(String what, String request, String answerOfSsh, String answerOfAgent)
            throws Exception {
        assertThat(said(sessions.withSsh(), request)).as("ssh, %s", what).isEqualTo(answerOfSsh);
        assertThat(said(sessions.withAgent(), request)).as("agent, %s", what).isEqualTo(answerOfAgent);
    }
}
