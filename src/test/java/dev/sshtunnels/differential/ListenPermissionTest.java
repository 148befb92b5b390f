package dev.sshtunnels.differential;

import static dev.sshtunnels.differential.Wanted.remote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.SshdBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * PermitListen and permitlisten compare the address as the string that the client sent, not what it means (C12;
 * OpenSSH channels.c, remote_open_match).
 */
@TestInstance(Lifecycle.PER_CLASS)
class ListenPermissionTest {

    /** Bind addresses as users write them; null for none. */
    private static final List<String> ASKED = Arrays.asList(null, "localhost", "127.0.0.1", "::1", "", "*", "0.0.0.0");

    /** Where the permission is written. */
    enum Place {
        SERVER,
        MATCH_BLOCK,
        KEY
    }

    private final Ports ports = Ports.OF_THIS_RUN;
    private Path directory;

    /**
     * What the server granted.
     *
     * @param granted positions in {@link #ASKED}
     */
    private record Seen(Set<Integer> granted, Set<String> serverLog) {}

    @BeforeAll
    void start(@TempDir Path ofTheClass) {
        directory = ofTheClass;
    }

    @ParameterizedTest(name = "{1} permitted by {0}")
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("permissions")
    void grantedIsWhatIsAskedForByThePermittedName(Place place, String host, Set<Integer> granted) throws Exception {
        Path mine = Files.createTempDirectory(directory, "permission");
        ClientKey key = new ClientKeys(mine).ed25519();
        List<Wanted> wanted = ASKED.stream()
                .map(address -> remote(ports.next()).at(address).to(1))
                .toList();
        List<String> permissions =
                wanted.stream().map(forward -> host + forward.port()).toList();
        try (Sshd sshd = server(place, key, permissions);
                Contest contest = Contest.at(sshd, key, mine)) {
            Seen seen = contest.with(wanted)
                    .sameOfBoth(session -> new Seen(
                            IntStream.range(0, ASKED.size())
                                    .filter(session::isInForce)
                                    .boxed()
                                    .collect(Collectors.toSet()),
                            ServerLog.kindsOfGrants(session.serverLog())));

            assertThat(seen.granted()).isEqualTo(granted);
        }
    }

    static Stream<Arguments> permissions() {
        return Stream.of(Place.values())
                .flatMap(place -> Stream.of(
                        Arguments.of(place, "localhost:", Set.of(0, 1)),
                        Arguments.of(place, "127.0.0.1:", Set.of(2)),
                        Arguments.of(place, "[::1]:", Set.of(3)),
                        Arguments.of(place, "0.0.0.0:", Set.of(6)),
                        Arguments.of(place, "*:", Set.of(0, 1, 2, 3, 4, 5, 6)),
                        Arguments.of(place, "", Set.of(0, 1, 2, 3, 4, 5, 6))));
    }

    private static Sshd server(Place place, ClientKey key, List<String> permissions) throws IOException {
        SshdBuilder builder = Sshd.builder();
        String permitListen = "PermitListen " + String.join(" ", permissions);
        switch (place) {
            case SERVER -> builder.config(permitListen).authorize(key);
            case MATCH_BLOCK ->
                builder.config("Match User *", permitListen, "Match All").authorize(key);
            case KEY -> {
                List<String> options = new ArrayList<>();
                permissions.forEach(permission -> options.add("permitlisten=\"" + permission + "\""));
                builder.authorize(key, options.toArray(String[]::new));
            }
        }
        return builder.config("GatewayPorts clientspecified").start();
    }
}
