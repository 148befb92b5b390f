package dev.sshtunnels.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.differential.Conversation.Outcome;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.Commands;
import dev.sshtunnels.testing.Sshd;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conversations over each route through one session of each contestant; none may leave anything behind. */
@Timeout(120)
abstract class ConversationScenario {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Those on which RST is known. */
    static final Set<Route> TCP = EnumSet.complementOf(EnumSet.of(Route.UNIX_SOCKET));

    static final Set<Route> ALL = EnumSet.allOf(Route.class);

    private static final Pattern CHANNEL =
            Pattern.compile("channel \\d+: (new|free:) (direct|forwarded)-(tcpip|streamlocal)");

    @TempDir
    static Path directory;

    private static Sshd sshd;
    private static Target.Tcp target;
    private static Target.Unix unixTarget;
    private static BothSessions sessions;

    @BeforeAll
    static void openSessions() throws IOException {
        ClientKeys.ClientKey key = new ClientKeys(directory).ed25519();
        sshd = Sshd.accepting(key);
        target = Target.tcp();
        unixTarget = Target.unix(directory.resolve("target.socket"));
        sessions = BothSessions.open(sshd, key, directory, ports -> Route.forwards(ports, target, unixTarget));
    }

    @AfterAll
    static void closeSessions() throws Exception {
        try {
            await("every socket of every conversation is closed")
                    .atMost(PATIENCE)
                    .until(() -> connectedPorts().noneMatch(portsOfRoutes()::contains));
        } finally {
            sessions.close();
            target.close();
            unixTarget.close();
            sshd.close();
        }
    }

    private static Set<String> portsOfRoutes() {
        return Stream.concat(
                        Stream.of(target.port()),
                        Stream.of(sessions.withSsh(), sessions.withAgent())
                                .flatMap(session -> ALL.stream().map(route -> session.port(route.ordinal()))))
                .map(port -> "" + port)
                .collect(Collectors.toSet());
    }

    /** The ports of both ends of every TCP connection of this machine that is not over. */
    private static Stream<String> connectedPorts() {
        return Commands.run(List.of("ss", "-Htn", "state", "connected", "exclude", "time-wait"))
                .lines()
                .flatMap(line -> Stream.of(line.trim().split("\\s+")).skip(3))
                .map(address -> address.substring(address.lastIndexOf(':') + 1));
    }

    /** Asserts that both ends see this, whoever holds the tunnel and on every route. */
    static void bothSee(Set<Route> routes, Conversation conversation, Outcome expected) throws Exception {
        for (Route route : routes) {
            assertThat(play(conversation, sessions.withSsh(), route))
                    .as("%s through ssh", route)
                    .isEqualTo(expected);
            assertThat(play(conversation, sessions.withAgent(), route))
                    .as("%s through the agent", route)
                    .isEqualTo(expected);
        }
    }

    private static Outcome play(Conversation conversation, Session session, Route route) throws Exception {
        Target arrivals = route == Route.UNIX_SOCKET ? unixTarget : target;
        Outcome outcome = conversation.play(() -> route.connect(session, target.port()), arrivals);
        awaitNoChannels();
        return outcome;
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
