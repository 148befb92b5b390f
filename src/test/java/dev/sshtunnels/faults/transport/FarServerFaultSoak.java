package dev.sshtunnels.faults.transport;

import static dev.sshtunnels.faults.Row.F9;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.FaultScenario;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Neighbour;
import dev.sshtunnels.faults.Stage;
import dev.sshtunnels.isolation.Soak;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

// Beside the other soaks and the tests that need the cluster: it waits most of the time.
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("A server at the other end of the world, with a bad line")
class FarServerFaultSoak extends FaultScenario {

    private static final Duration ONE_WAY = Duration.ofMillis(150);
    private static final int LOST_PERCENT = 2;

    @Test
    @Timeout(900)
    @Covers(F9)
    void isNeverTakenForDead() throws Exception {
        Stage stage = farStage(ONE_WAY);
        stage.site().firewall().lose(LOST_PERCENT, stage.server().port());
        stage.up();
        Neighbour client = untilTheEnd(Neighbour.on(stage.agent().port(Stage.TUNNEL)));
        Upload upload = untilTheEnd(Upload.through(stage));

        Incident.of(F9, F9.fault())
                .beside(client, Duration.ofSeconds(10))
                .inject(
                        "a link of TUN devices, nftables drops 2 % in each direction, and an upload without end, for "
                                + Soak.DURATION.toSeconds() + " s",
                        () -> {})
                .lasts(Soak.DURATION)
                .keepsSession(stage.agent())
                .passed();
        assertThat(upload.sent()).isGreaterThan(Soak.DURATION.toSeconds() * 10_000);
    }
}
