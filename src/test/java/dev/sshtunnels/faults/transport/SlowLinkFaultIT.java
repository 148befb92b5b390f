package dev.sshtunnels.faults.transport;

import static dev.sshtunnels.faults.Row.F10;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.FaultScenario;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Neighbour;
import dev.sshtunnels.faults.Stage;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A narrow link that is full")
class SlowLinkFaultIT extends FaultScenario {

    private static final Duration QUEUE = Duration.ofMillis(300);

    /**
     * Until the link is known to be narrow, some 100 KB are under way: 1 s where a second carries 125 KB, and several
     * times that where TCP has to learn by losses how short the queue is.
     */
    private static final Duration QUEUES = Duration.ofSeconds(6);

    /** Several times the silence that makes a server count as dead. */
    private static final Duration FOR_LONG = Duration.ofSeconds(45);

    @Test
    @Covers(F10)
    void keepsItsSessionAndInteractiveClientsAreServed() throws Exception {
        Stage stage = stage().up();
        Neighbour interactive = untilTheEnd(Neighbour.on(stage.agent().port(Stage.TUNNEL)));
        stage.site().narrow("1mbit", QUEUE);
        Upload upload = untilTheEnd(Upload.through(stage));

        Incident.of(F10, F10.fault())
                .beside(interactive, QUEUES)
                .inject("tc tbf 1mbit in both directions, and an upload without end, for 45 s", () -> {})
                .lasts(FOR_LONG)
                .keepsSession(stage.agent())
                .passed();
        assertThat(upload.sent()).isGreaterThan(FOR_LONG.toSeconds() * 50_000);
    }
}
