package dev.sshtunnels.faults.transport;

import static dev.sshtunnels.faults.Row.F32;
import static dev.sshtunnels.faults.Stage.TUNNEL;
import static java.util.stream.Collectors.toSet;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.FaultScenario;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Neighbour;
import dev.sshtunnels.faults.Stage;
import dev.sshtunnels.testing.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A server without descriptors")
class StarvedServerFaultIT extends FaultScenario {

    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final long PLENTY = 1024;

    @Test
    @Covers(F32)
    void resetsNewClientsAndKeepsTheSessionAndItsConnections() throws Exception {
        Stage stage = stage().up();
        Neighbour sameSession = untilTheEnd(Neighbour.on(stage.agent().port(TUNNEL)));

        Incident.of(F32, F32.fault())
                .beside(sameSession, GAP)
                .inject("prlimit takes all free descriptors of the session's process", () -> starve(stage))
                .shows("the client is reset, other connections of the session go on", AT_ONCE, () -> {
                    // A connection that was just ending gave one back.
                    starve(stage);
                    return !stage.passes();
                })
                .keepsSession(stage.agent())
                .end(() -> stage.server().sessions().forEach(session -> limit(session, PLENTY)))
                .recovers(AT_ONCE, stage::passes)
                .passed();
    }

    private static void starve(Stage stage) throws IOException {
        for (long session : stage.server().sessions()) {
            limit(session, lowestFree(session));
        }
    }

    /** The number that the process's next descriptor would get (open(2)); those above it stay open below a limit. */
    private static long lowestFree(long pid) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            Set<Long> taken = descriptors
                    .map(path -> Long.parseLong(path.getFileName().toString()))
                    .collect(toSet());
            return LongStream.iterate(0, n -> n + 1)
                    .filter(n -> !taken.contains(n))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void limit(long pid, long descriptors) {
        Commands.run(List.of("prlimit", "--pid", Long.toString(pid), "--nofile=" + descriptors + ":" + PLENTY));
    }
}
