package dev.sshtunnels.differential;

import static dev.sshtunnels.differential.Wanted.local;
import static dev.sshtunnels.differential.Wanted.remote;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Sshd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ports that cannot be had (C2): what becomes of the forward, of its neighbours, and of the port when it is free. */
@TestInstance(Lifecycle.PER_CLASS)
class BusyPortTest {

    private static final Duration LONGER_THAN_THE_AGENT_WAITS = Duration.ofSeconds(5);

    private Arena arena;

    @BeforeAll
    void start(@TempDir Path directory) {
        arena = Arena.with(directory);
    }

    @AfterAll
    void stop() throws IOException {
        arena.close();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aBusyPortOfTheClientLeavesTheOtherForwardsInForce() throws Exception {
        int busy = arena.port();
        try (ServerSocket _ = new ServerSocket(busy);
                Contest contest = arena.contest()) {
            contest.with(local(busy).to(arena.echo()), local(arena.port()).to(arena.echo()))
                    .bothSee(List.of(false, true), BusyPortTest::inForce);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aBusyPortOfTheServerLeavesTheOtherForwardsInForce() throws Exception {
        int busy = arena.port();
        try (ServerSocket _ = new ServerSocket(busy);
                Contest contest = arena.contest()) {
            contest.with(remote(busy).to(arena.echo()), remote(arena.port()).to(arena.echo()))
                    .bothSee(List.of(false, true), BusyPortTest::inForce);
        }
    }

    private static List<Boolean> inForce(Session session) {
        return List.of(session.isInForce(0), session.isInForce(1) && Exchange.works(session.port(1)));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void ofTwoForwardsOnOnePortOfTheClientTheFirstWins() throws Exception {
        int port = arena.port();
        try (Contest contest = arena.contest()) {
            contest.with(local(port).to(arena.echo()), local(port).to(1))
                    .bothSee(true, session -> Exchange.works(port));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void ofTwoForwardsOnOnePortOfTheServerTheFirstWins() throws Exception {
        int port = arena.port();
        try (Contest contest = arena.contest()) {
            contest.with(remote(port).to(arena.echo()), remote(port).to(1))
                    .bothSee(true, session -> session.isInForce(0) && !session.isInForce(1) && Exchange.works(port));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aPortThatIsBusyOnTheServersIpv4AloneIsGrantedForIpv6() throws Exception {
        int busy = arena.port();
        try (ServerSocket _ = busyOnIpv4(busy);
                Contest contest = arena.contest()) {
            contest.with(remote(busy).to(arena.echo()))
                    .bothSee(
                            true,
                            session -> session.isInForce(0)
                                    && ListeningSockets.now().on(busy).contains("[::1]"));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aPortThatIsBusyOnTheClientsIpv4AloneCountsAsBusy() throws Exception {
        int busy = arena.port();
        try (ServerSocket _ = busyOnIpv4(busy);
                Contest contest = arena.contest()) {
            contest.with(local(busy).to(arena.echo()))
                    .knowinglyDifferent(
                            "channels.c, channel_setup_fwd_listener_tcpip, is content with [::1]; the clients that are"
                                    + " told 127.0.0.1 would talk to a stranger",
                            session -> session.isInForce(0),
                            true,
                            false);
        }
    }

    private static ServerSocket busyOnIpv4(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aPrivilegedPortIsForRootAlone() throws Exception {
        int port = freePrivilegedPort();
        try (Contest contest = arena.contest()) {
            contest.with(local(port).to(arena.echo())).bothSee(isRoot(), session -> session.isInForce(0));
            contest.with(remote(port).to(arena.echo())).bothSee(isRoot(), session -> session.isInForce(0));
        }
    }

    /** OpenSSH serverloop.c, bind_permitted. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aPrivilegedPortOfTheServerIsNotForItsOtherAccounts(@TempDir Path directory) throws Exception {
        assumeTrue(isRoot(), "only root's sshd can log others in");
        int port = freePrivilegedPort();
        try (Arena ofDaemon =
                        Arena.with(directory, Ports.OF_THIS_RUN, Sshd.builder().account("daemon"));
                Contest contest = ofDaemon.contest()) {
            contest.with(remote(port).to(ofDaemon.echo())).bothSee(false, session -> session.isInForce(0));
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePrivilegedPort() {
        ListeningSockets now = ListeningSockets.now();
        return IntStream.range(600, 1024)
                .filter(port -> now.on(port).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource(names = {"L", "R"})
    void aPortThatBecomesFreeIsTaken(Mode mode) throws Exception {
        int busy = arena.port();
        Wanted wanted = new Wanted(mode, null, busy, false, null).to(arena.echo());
        try (Stranger stranger = new Stranger(busy);
                Contest contest = arena.contest()) {
            contest.with(wanted)
                    .knowinglyDifferent(
                            "ssh.c and clientloop.c ask once; a tunnel that stays broken when its cause has gone helps"
                                    + " nobody",
                            session -> {
                                stranger.goAway();
                                boolean taken = comesTrue(() -> session.isInForce(0) && Exchange.works(busy));
                                if (!taken) {
                                    stranger.comeBack();
                                }
                                return taken;
                            },
                            false,
                            true);
        }
    }

    private static boolean comesTrue(Callable<Boolean> condition) {
        try {
            await().atMost(LONGER_THAN_THE_AGENT_WAITS).until(condition);
            return true;
        } catch (ConditionTimeoutException never) {
            return false;
        }
    }

    /** Somebody else who listens on a port, for the next contestant again. */
    private static final class Stranger implements AutoCloseable {

        private final int port;
        private ServerSocket socket;

        Stranger(int port) throws IOException {
            this.port = port;
            comeBack();
        }

        void goAway() throws IOException {
            socket.close();
        }

        void comeBack() throws IOException {
            socket = new ServerSocket(port);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
