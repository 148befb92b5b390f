package dev.sshtunnels.faults.transport;

import static dev.sshtunnels.api.Reason.ConnectionRefused;
import static dev.sshtunnels.api.Reason.ConnectionReset;
import static dev.sshtunnels.api.Reason.ServerDisconnected;
import static dev.sshtunnels.faults.Row.F25;
import static dev.sshtunnels.faults.Row.F55;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.FaultScenario;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Stage;
import dev.sshtunnels.testing.Exchange;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A session is ended")
class EndOfSessionFaultIT extends FaultScenario {

    private static final Duration BACK = Duration.ofSeconds(3);

    /** sshd counts whole seconds, and looks at the end of one. */
    private static final Duration IDLE = Duration.ofSeconds(4);

    @Test
    @Covers(F25)
    void becauseNobodyUsesIt() throws Exception {
        Stage stage = stage("UnusedConnectionTimeout " + IDLE.toSeconds() + "s").up();

        stage.incident(F25, F25.fault())
                .inject("UnusedConnectionTimeout " + IDLE.toSeconds() + "s, and no client", () -> {})
                .shows(stage.agent(), IDLE.plusSeconds(3), ServerDisconnected, ConnectionReset)
                .end(() -> {})
                .recovers(BACK, stage::passes)
                .passed();
    }

    @Test
    @Covers(F55)
    void andAClientComes() throws Exception {
        Stage stage = stage().up();
        Incident incident = stage.incident(F55, F55.fault())
                .inject("sshd is ended", stage.server()::stop)
                .shows(stage.agent(), Duration.ofSeconds(1), ServerDisconnected, ConnectionReset, ConnectionRefused);

        long begin = System.nanoTime();
        assertThatThrownBy(() -> exchange(stage)).isInstanceOf(SocketException.class);
        incident.showed(
                        "the client is refused or reset",
                        Duration.ofNanos(System.nanoTime() - begin),
                        Duration.ofSeconds(1))
                .end(stage.server()::start)
                .recovers(BACK, stage::passes)
                .passed();
    }

    private static void exchange(Stage stage) throws IOException {
        try (Exchange client = stage.agent().connect(Stage.TUNNEL)) {
            client.say("x");
        }
    }
}
