package dev.sshtunnels.differential;

import static dev.sshtunnels.differential.Wanted.dynamic;
import static dev.sshtunnels.differential.Wanted.local;
import static dev.sshtunnels.differential.Wanted.remote;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.testing.Exchange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking forwards away while the session lives on (C3, C13; OpenSSH regress/multiplex.sh). */
class CancelTest {

    /** Kept, then cancelled: L, R and D. */
    private static final int KEPT = 0;

    private static final List<Integer> CANCELLED = List.of(1, 2, 3);

    @TempDir
    Path directory;

    @Test
    void cancelledForwardsListenNoMoreAndTheOthersGoOn() throws Exception {
        try (Arena arena = Arena.with(directory);
                Contest contest = withMultiplexing(arena)) {
            contest.with(
                            local(arena.port()).to(arena.echo()),
                            local(arena.port()).to(arena.echo()),
                            remote(arena.port()).to(arena.echo()),
                            dynamic(arena.port()))
                    .bothSee(List.of("before", "after"), CancelTest::cancel);
        }
    }

    /** What was said on a connection of the kept forward before and after; fails while something else listens. */
    private static List<String> cancel(Session session) throws Exception {
        List<Integer> gone = CANCELLED.stream().map(session::port).toList();
        try (Exchange kept = Exchange.with(session.port(KEPT))) {
            String before = kept.say("before");
            CANCELLED.forEach(session::cancel);
            await().atMost(Duration.ofSeconds(5)).until(() -> listening(gone).isEmpty());
            return List.of(before, kept.say("after"));
        }
    }

    @Test
    void suspendedForwardsListenNowhere() throws Exception {
        try (Arena arena = Arena.with(directory);
                Contest contest = arena.contest()) {
            List<Wanted> wanted = List.of(
                    local(arena.port()).to(arena.echo()).suspend(),
                    remote(arena.port()).to(arena.echo()).suspend(),
                    dynamic(arena.port()).suspend());
            List<Integer> ports = wanted.stream().map(Wanted::port).toList();
            contest.with(wanted).bothSee(Set.of(), _ -> listening(ports));
        }
    }

    private static Set<Integer> listening(List<Integer> ports) {
        ListeningSockets now = ListeningSockets.now();
        Set<Integer> listening = new TreeSet<>(ports);
        listening.removeIf(port -> now.on(port).isEmpty());
        return listening;
    }

    @Test
    void anOpenConnectionOfACancelledForward() throws Exception {
        try (Arena arena = Arena.with(directory);
                Contest contest = withMultiplexing(arena)) {
            contest.with(
                            local(arena.port()).to(arena.echo()),
                            remote(arena.port()).to(arena.echo()))
                    .knowinglyDifferent(
                            "OpenSSH mux.c: cancelling ends the listener alone; here who deletes a tunnel means its"
                                    + " connections too",
                            CancelTest::surviving,
                            List.of(true, true),
                            List.of(false, false));
        }
    }

    private static List<Boolean> surviving(Session session) throws Exception {
        try (Exchange local = Exchange.with(session.port(0));
                Exchange remote = Exchange.with(session.port(1))) {
            local.say("before");
            remote.say("before");
            List<Integer> ports = List.of(session.port(0), session.port(1));
            session.cancel(0);
            session.cancel(1);
            await().atMost(Duration.ofSeconds(5)).until(() -> listening(ports).isEmpty());
            return List.of(goesOn(local), goesOn(remote));
        }
    }

    private static boolean goesOn(Exchange exchange) {
        try {
            return exchange.say("after").equals("after");
        } catch (IOException reset) {
            return false;
        }
    }

    private Contest withMultiplexing(Arena arena) throws IOException {
        return arena.contest(List.of("ControlMaster=yes", "ControlPath=" + directory.resolve("control")), List.of());
    }
}
