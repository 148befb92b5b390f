package dev.sshtunnels.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Clients of SOCKS proxies.
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
        sshd = Sshd.builder()
                .authorize(key)
                .config("PermitOpen 127.0.0.1:* 127.255.255.255:* localhost:* nowhere.invalid:* [::1]:*")
                .start();
        sessions = BothSessions.open(sshd, key, directory, SocksTest::proxies);
    }

    /** In the order of {@link Proxy}. */
    private static List<Wanted> proxies(Ports ports) {
        return List.of(
                Wanted.dynamic(ports.next()),
                Wanted.remote(ports.next()).toSocks("*"),
                Wanted.remote(ports.next()).toSocks());
    }

    /** Who speaks SOCKS where. */
    enum Proxy {
        /** {@code ssh -D}. */
        HERE,
        /** {@code ssh -R port}. */
        AT_SERVER,
        /** The same, with the agent's own rules for whom it may reach. */
        AT_SERVER_GUARDED
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
    void bothConnect(SocksVersion version, String asked, String listens) throws Exception {
        String granted = version.isVersion5() ? SOCKS5_SUCCEEDED : SOCKS4_GRANTED;
        for (Proxy proxy : List.of(Proxy.HERE, Proxy.AT_SERVER)) {
            assertThat(transfer(sessions.withSsh(), proxy, version, asked, listens))
                    .as("ssh, %s", proxy)
                    .isEqualTo(granted);
            assertThat(transfer(sessions.withAgent(), proxy, version, asked, listens))
                    .as("agent, %s", proxy)
                    .isEqualTo(granted);
        }
    }

    /** The reply, after a megabyte went each way. */
    private static String transfer(Session session, Proxy proxy, SocksVersion version, String asked, String listens)
            throws Exception {
        long bytes = 1 << 20;
        StringBuilder reply = new StringBuilder();
        try (Target.Tcp target = Target.tcp(InetAddress.getByName(listens))) {
            Conversation.Connector connector = () -> {
                Socket socket = connect(session, proxy);
                reply.append(version.ask(socket, asked, target.port()));
                return Wire.of(socket);
            };
            Party.Script sends = Streams.bothWays(bytes);
            assertThat(new Conversation(sends, sends).play(connector, target)).isEqualTo(Streams.seenByBoth(bytes));
        }
        return reply.toString();
    }

    private static Socket connect(Session session, Proxy proxy) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), session.port(proxy.ordinal()));
        socket.setSoTimeout((int) Party.PATIENCE.toMillis());
        return socket;
    }

    private static String asked(Session session, Proxy proxy, SocksVersion version, String host, int port)
            throws IOException {
        try (Socket socket = connect(session, proxy)) {
            return version.ask(socket, host, port) + end(socket);
        }
    }

    private static String end(Socket socket) throws IOException {
        Party party = new Party(Wire.of(socket), Payload.OF_CLIENT, Payload.OF_TARGET, new Signals());
        party.receiveToEnd();
        return party.seen().getFirst() == ConnectionEvent.FIN ? " FIN" : " " + party.seen();
    }

    @ParameterizedTest
    @CsvSource({
        "HERE, 127.0.0.1, SOCKS5_ADDRESS, 05",
        "HERE, 127.0.0.1, SOCKS5_NAME, 05",
        "HERE, 127.255.255.255, SOCKS5_ADDRESS, 04",
        "HERE, nowhere.invalid, SOCKS5_NAME, 04",
        "HERE, 127.0.0.2, SOCKS5_ADDRESS, 02",
        "AT_SERVER, 127.0.0.1, SOCKS5_ADDRESS, 05",
        "AT_SERVER, 127.0.0.1, SOCKS5_NAME, 05",
        "AT_SERVER, 127.255.255.255, SOCKS5_ADDRESS, 03",
        "AT_SERVER, nowhere.invalid, SOCKS5_NAME, 04"
    })
    void onlyTheAgentSaysWhyInSocks5(Proxy proxy, String host, SocksVersion version, String code) throws Exception {
        int port = Ports.OF_THIS_RUN.next();
        assertThat(asked(sessions.withSsh(), proxy, version, host, port)).isEqualTo(METHOD_NONE + " FIN");
        assertThat(asked(sessions.withAgent(), proxy, version, host, port))
                .isEqualTo(METHOD_NONE + "05" + code + "0001000000000000 FIN");
    }

    @ParameterizedTest
    @CsvSource({
        "HERE, 127.0.0.1, SOCKS4",
        "HERE, 127.0.0.1, SOCKS4A",
        "HERE, nowhere.invalid, SOCKS4A",
        "AT_SERVER, 127.0.0.1, SOCKS4",
        "AT_SERVER, nowhere.invalid, SOCKS4A"
    })
    void onlyTheAgentRejectsInSocks4(Proxy proxy, String host, SocksVersion version) throws Exception {
        int port = Ports.OF_THIS_RUN.next();
        assertThat(asked(sessions.withSsh(), proxy, version, host, port)).isEqualTo(" FIN");
        assertThat(asked(sessions.withAgent(), proxy, version, host, port)).isEqualTo(SOCKS4_REJECTED + " FIN");
    }

    /** Who listens on the machine of the client, its own loopback included, is open to whoever may log in there. */
    @Test
    void onlyTheAgentKeepsItsOwnMachineFromClientsAtTheServer() throws Exception {
        try (TcpServer greeter = TcpServer.on(client -> client.getOutputStream().write(0xab))) {
            assertThat(said(sessions.withSsh(), Proxy.AT_SERVER_GUARDED, connectRequest(greeter.port())))
                    .isEqualTo("050005000001000000000000ab");
            assertThat(said(sessions.withAgent(), Proxy.AT_SERVER_GUARDED, connectRequest(greeter.port())))
                    .isEqualTo("050005020001000000000000");
        }
    }

    private static String connectRequest(int port) {
        return "050100050100017f000001%04x".formatted(port);
    }

    private static String said(Session session, Proxy proxy, String request) throws IOException {
        try (Socket socket = connect(session, proxy)) {
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
        for (Proxy proxy : List.of(Proxy.HERE, Proxy.AT_SERVER)) {
            assertThat(said(sessions.withSsh(), proxy, request))
                    .as("ssh, %s, %s", proxy, what)
                    .isEqualTo(answerOfSsh);
            assertThat(said(sessions.withAgent(), proxy, request))
                    .as("agent, %s, %s", proxy, what)
                    .isEqualTo(answerOfAgent);
        }
    }
}
