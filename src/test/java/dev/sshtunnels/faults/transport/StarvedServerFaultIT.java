package dev.sshtunnels.faults.transport;

import static dev.sshtunnels.faults.Row.F32;
import static dev.sshtunnels.faults.Stage.TUNNEL;
import static java.util.Comparator.naturalOrder;

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
                .inject("prlimit takes all free descriptors of the session's process", () -> {
                    for (long session : stage.server().sessions()) {
                        limit(session, used(session));
                    }
                })
                .shows("the client is reset, other connections of the session go on", AT_ONCE, () -> !stage.passes())
                .keepsSession(stage.agent())
                .end(() -> stage.server().sessions().forEach(session -> limit(session, PLENTY)))
                .recovers(AT_ONCE, stage::passes)
                .passed();
    }

    /** The lowest number that no descriptor of a process has reached. */
    private static long used(long pid) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return 1
                    + descriptors
                            .map(path -> Long.parseLong(path.getFileName().toString()))
                            .max(naturalOrder())
                            .orElseThrow();
        }
    }

    private static void limit(long pid, long descriptors) {
        Commands.run(List.of("prlimit", "--pid", Long.toString(pid), "--nofile=" + descriptors + ":" + PLENTY));
    }
}
