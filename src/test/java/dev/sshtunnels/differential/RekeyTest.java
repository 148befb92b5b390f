package dev.sshtunnels.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.SshdBuilder;
import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** New keys in the middle of two-way traffic (RFC 4253 section 9) cost no byte, whoever asks for them. */
@Timeout(60)
class RekeyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Far below what both do; how many it takes depends on timing, as data on the way goes on under the old keys. */
    private static final int MIN_EXCHANGES = 2;

    @TempDir
    Path directory;

    private ClientKeys.ClientKey key;
    private Target.Tcp target;

    @BeforeEach
    void start() throws IOException {
        key = new ClientKeys(directory).ed25519();
        target = Target.tcp();
    }

    @AfterEach
    void stop() throws IOException {
        target.close();
    }

    /** Who asks for new keys. */
    enum Asking {
        SERVER,
        CLIENT,
        BOTH
    }

    /**
     * One run.
     *
     * @param limit as in RekeyLimit
     * @param bytes sent in each direction
     */
    record Run(Asking asking, String limit, SshAlgorithms algorithms, long bytes) {

        String[] serverConfig() {
            List<String> lines = new ArrayList<>(algorithms.serverConfig());
            if (asking != Asking.CLIENT) {
                lines.add("RekeyLimit " + limit);
            }
            return lines.toArray(String[]::new);
        }

        List<String> sshOptions() {
            return asking == Asking.SERVER ? List.of() : List.of("RekeyLimit=" + limit);
        }

        List<String> specLines() {
            return asking == Asking.SERVER ? List.of() : List.of("rekey: {bytes: " + limit + "}");
        }
    }

    static Stream<Run> limits() {
        return Stream.of(Asking.values())
                .flatMap(asking -> Stream.of(
                        new Run(asking, "16K", SshAlgorithms.USUAL, 512 << 10),
                        new Run(asking, "128K", SshAlgorithms.USUAL, 2 << 20),
                        new Run(asking, "1M", SshAlgorithms.USUAL, 8 << 20)));
    }

    static Stream<Run> algorithms() {
        return SshAlgorithms.allOfBoth()
                .flatMap(algorithms -> Stream.of(Asking.SERVER, Asking.CLIENT)
                        .map(asking -> new Run(asking, "16K", algorithms, 128 << 10)));
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource({"limits", "algorithms"})
    void bytesAreTheSame(Run run) throws Exception {
        SshdBuilder builder = Sshd.builder().authorize(key).config(run.serverConfig());
        try (Sshd sshd = builder.start();
                BothSessions sessions = BothSessions.open(
                        new Server(sshd, key, run.sshOptions(), run.specLines()),
                        directory,
                        ports -> List.of(Wanted.local(ports.next()).to(target.port())))) {
            transfer(sshd, sessions.withSsh(), run);
            transfer(sshd, sessions.withAgent(), run);
        }
    }

    private void transfer(Sshd sshd, Session session, Run run) throws Exception {
        long before = exchanges(sshd);
        Party.Script sends = Streams.bothWays(run.bytes());
        assertThat(new Conversation(sends, sends).play(() -> connect(session), target))
                .isEqualTo(Streams.seenByBoth(run.bytes()));
        awaitExchanges(sshd, before + MIN_EXCHANGES);
    }

    /** RekeyLimit with a time; the agent's own is a minute at least. */
    @Test
    void renewalByTimeLeavesAnIdleConversationAlone() throws Exception {
        try (Sshd sshd = Sshd.builder()
                        .authorize(key)
                        .config("RekeyLimit default 1s")
                        .start();
                TcpServer echo = TcpServer.echo();
                BothSessions sessions = BothSessions.open(
                        sshd,
                        key,
                        directory,
                        ports -> List.of(Wanted.local(ports.next()).to(echo.port())));
                Exchange throughSsh = Exchange.with(sessions.withSsh().port(0));
                Exchange throughAgent = Exchange.with(sessions.withAgent().port(0))) {
            long before = exchanges(sshd);
            await("both have renewed keys").atMost(PATIENCE).until(() -> {
                assertThat(throughSsh.say("ping")).isEqualTo("ping");
                assertThat(throughAgent.say("ping")).isEqualTo("ping");
                return exchanges(sshd) - before >= 2 * MIN_EXCHANGES;
            });
        }
    }

    private static Wire connect(Session session) throws IOException {
        return Wire.of(new Socket(InetAddress.getLoopbackAddress(), session.port(0)));
    }

    private static void awaitExchanges(Sshd sshd, long count) {
        await("%d key exchanges".formatted(count))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .until(() -> exchanges(sshd) >= count);
    }

    private static long exchanges(Sshd sshd) {
        return sshd.logged("SSH2_MSG_NEWKEYS received");
    }
}
