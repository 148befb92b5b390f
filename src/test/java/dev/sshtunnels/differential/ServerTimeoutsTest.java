package dev.sshtunnels.differential;

import static dev.sshtunnels.differential.Wanted.local;
import static dev.sshtunnels.differential.Wanted.remote;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Sshd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that end what is idle: ChannelTimeout and UnusedConnectionTimeout of sshd_config(5) (C15, C16, E8). */
@TestInstance(Lifecycle.PER_CLASS)
class ServerTimeoutsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Twice the UnusedConnectionTimeout of the servers here. */
    private static final Duration LONG_IDLE = Duration.ofSeconds(2);

    private static final String SESSION_ENDED = "terminating inactive connection";

    private final Ports ports = Ports.OF_THIS_RUN;
    private Path directory;

    @BeforeAll
    void start(@TempDir Path ofTheClass) {
        directory = ofTheClass;
    }

    private Arena arena(String setting) throws IOException {
        Path mine = Files.createTempDirectory(directory, "arena");
        return Arena.with(mine, ports, Sshd.builder().config(setting));
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource(names = {"L", "R"})
    void anIdleConnectionIsEndedAndABusyOneIsNot(Mode mode) throws Exception {
        // sshd counts whole seconds: one of them is too few to be busy in.
        try (Arena arena = arena("ChannelTimeout direct-tcpip=3s forwarded-tcpip=3s");
                Contest contest = arena.contest()) {
            Wanted wanted = new Wanted(mode, null, arena.port(), false, null).to(arena.echo());
            contest.with(wanted).bothSee(new Ends("FIN", "open", true), ServerTimeoutsTest::endsOfIdleAndBusy);
        }
    }

    /** What became of two connections, and whether sshd logged that it was for inactivity. */
    private record Ends(String idle, String busy, boolean logged) {}

    private static Ends endsOfIdleAndBusy(Session session) throws IOException {
        try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), session.port(0));
                Exchange busy = Exchange.with(session.port(0))) {
            idle.getOutputStream().write('x');
            idle.getInputStream().read();
            String end = await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> busy.say("ping").equals("ping") ? endOf(idle) : "busy", now -> !now.equals("open"));
            boolean logged = session.serverLog().stream().anyMatch(line -> line.contains("seconds of inactivity"));
            return new Ends(end, busy.say("ping").equals("ping") ? "open" : "closed", logged);
        }
    }

    private static String endOf(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() < 0 ? "FIN" : "data";
        } catch (SocketTimeoutException nothing) {
            return "open";
        } catch (SocketException reset) {
            return "RST";
        }
    }

    /** Listeners are no use in this sense; only connections through them are. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aSessionWithoutConnectionsIsEndedAndTheAgentComesBack() throws Exception {
        try (Arena arena = arena("UnusedConnectionTimeout 1s");
                Contest contest = arena.contest()) {
            contest.with(
                            local(arena.port()).to(arena.echo()),
                            remote(arena.port()).to(arena.echo()))
                    .knowinglyDifferent(
                            "ssh(1) ends with its session; the agent logs in again (reconnect.initialDelay)",
                            session -> worksAfterItsEnd(arena.sshd(), session),
                            false,
                            true);
        }
    }

    private static boolean worksAfterItsEnd(Sshd sshd, Session session) {
        int local = session.port(0);
        int remote = session.port(1);
        long before = sshd.logged(SESSION_ENDED);
        await(SESSION_ENDED).atMost(PATIENCE).until(() -> sshd.logged(SESSION_ENDED) > before);
        try {
            await().atMost(Duration.ofSeconds(5)).until(() -> Exchange.works(local) && Exchange.works(remote));
            return true;
        } catch (ConditionTimeoutException never) {
            return false;
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aSessionWithAConnectionIsNotUnused() throws Exception {
        try (Arena arena = arena("UnusedConnectionTimeout 1s");
                Contest contest = arena.contest()) {
            contest.with(local(arena.port()).to(arena.echo())).bothSee("still", session -> {
                try (Exchange open = Exchange.with(session.port(0))) {
                    open.say("ping");
                    await().pollDelay(LONG_IDLE).until(() -> true);
                    return open.say("still");
                }
            });
        }
    }
}
