package dev.sshtunnels.faults.transport;

import static dev.sshtunnels.faults.Row.F1;
import static dev.sshtunnels.faults.Row.F2;
import static dev.sshtunnels.faults.Row.F3;
import static dev.sshtunnels.faults.Stage.TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.FaultScenario;
import dev.sshtunnels.faults.Stage;
import dev.sshtunnels.testing.Exchange;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("sshd is administered")
class RestartFaultIT extends FaultScenario {

    /** Longer than the agent waits at most before it tries a server again that refuses. */
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    @Covers(F1)
    void aRestartCostsThreeSeconds() throws Exception {
        Stage stage = stage().up();

        stage.incident(F1, F1.fault())
                .inject("sshd and the processes of its sessions are ended", stage.server()::stop)
                .shows(
                        stage.agent(),
                        Duration.ofSeconds(1),
                        Reason.ServerDisconnected,
                        Reason.ConnectionReset,
                        Reason.ConnectionRefused)
                .end(stage.server()::start)
                .recovers(Duration.ofSeconds(3), stage::passes)
                .passed();
    }

    @Test
    @Covers(F2)
    void sessionsOutliveAReload() throws Exception {
        Stage stage = stage().up();
        try (Exchange kept = stage.agent().connect(TUNNEL)) {
            kept.say("before");

            stage.incident(F2, F2.fault())
                    .inject("SIGHUP to sshd, which listens anew", () -> {
                        stage.server().reload();
                        await().until(() -> stage.server().logged("Server listening on") > 1);
                    })
                    .keepsSession(stage.agent())
                    .passed();
            assertThat(kept.say("after")).isEqualTo("after");
        }
    }

    @Test
    @Covers(F3)
    void aServerThatRefusesForLongIsFoundSoonAfterItIsBack() throws Exception {
        Stage stage = stage().up();

        stage.incident(F3, F3.fault())
                .inject("sshd is ended, and stays so for 20 s", stage.server()::stop)
                .shows(stage.agent(), Duration.ofSeconds(3), Reason.ConnectionRefused)
                .lasts(LONG)
                .end(stage.server()::start)
                .recovers(Duration.ofSeconds(6), stage::passes)
                .passed();
        assertThat(stage.agent().process().isAlive()).isTrue();
    }
}
