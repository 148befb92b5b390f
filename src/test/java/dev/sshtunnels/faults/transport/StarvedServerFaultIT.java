package dev.sshtunnels.faults.transport;

import static dev.sshtunnels.faults.Row.F32;
import static dev.sshtunnels.faults.Stage.TUNNEL;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.FaultScenario;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Neighbour;
import dev.sshtunnels.faults.Stage;
import dev.sshtunnels.testing.Commands;
import dev.sshtunnels.testing.Exchange;
import java.io.IOException;
import java.net.SocketException;
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
                .inject("prlimit takes all free descriptors of the session's process", () -> starve(stage))
                .shows(
                        "the client is reset, other connections of the session go on",
                        AT_ONCE,
                        () -> isReset(stage.agent().connect(TUNNEL)))
                .keepsSession(stage.agent())
                .end(() -> stage.server().sessions().forEach(session -> limit(session, PLENTY)))
                .recovers(AT_ONCE, stage::passes)
                .passed();
    }

    /** Connections that still get a descriptor, because one below the limit is free, keep it to the end. */
    private boolean isReset(Exchange client) throws IOException {
        untilTheEnd(client);
        try {
            client.say("x");
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Never below what is open already: poll(2) takes no more entries than the limit, and sshd ends without it. */
    private static void starve(Stage stage) throws IOException {
        for (long session : stage.server().sessions()) {
            limit(session, lowestAboveAllOpen(session));
        }
    }

    private static long lowestAboveAllOpen(long pid) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return 1
                    + descriptors
                            .mapToLong(path -> Long.parseLong(path.getFileName().toString()))
                            .max()
                            .orElseThrow();
        }
    }

    private static void limit(long pid, long descriptors) {
        Commands.run(List.of("prlimit", "--pid", Long.toString(pid), "--nofile=" + descriptors + ":" + PLENTY));
    }
}
