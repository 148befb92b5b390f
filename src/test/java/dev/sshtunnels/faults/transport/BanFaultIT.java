package dev.sshtunnels.faults.transport;

import static dev.sshtunnels.api.Reason.BannedByServer;
import static dev.sshtunnels.faults.Row.F24;
import static dev.sshtunnels.faults.Stage.TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.FaultScenario;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Stage;
import dev.sshtunnels.testing.Commands;
import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.SshdProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The server bans the address for a while")
class BanFaultIT extends FaultScenario {

    private static final Duration SOON = Duration.ofSeconds(15);

    /** From the end of a ban: the longest that an agent waits between two attempts. */
    private static final Duration BACK = Duration.ofSeconds(30);

    /** Two logins that are refused one after the other reach it. */
    private static final String AFTER_TWO = "PerSourcePenalties authfail:6s min:8s";

    private static final Duration BAN_AFTER_TWO = Duration.ofSeconds(12);

    private static final String AFTER_ONE = "PerSourcePenalties authfail:10s min:1s";
    private static final Duration BAN_AFTER_ONE = Duration.ofSeconds(10);

    @Test
    @Covers(F24)
    void becauseOfAWrongKeyAndSessionsFromThereStay() throws Exception {
        Stage stage = stageWithShared(SshdProgram.newer(), AFTER_TWO, "LogLevel DEBUG1");
        Incident incident = stage.incident(
                F24, "the server bans the address for a wrong key; the neighbour's session is from there, too");
        List<Long> neighbours = stage.server().sessions();
        stage.up("reconnect: {authFailureDelay: 1s}");

        incident.inject(AFTER_TWO + ", a wrong key, the session's process is killed; authFailureDelay is 1s", () -> {
                    stage.agent().key(strangersKey());
                    stage.server().killSessionsBut(neighbours);
                })
                .shows(stage.agent(), SOON, BannedByServer)
                .says(stage.agent(), "Not allowed at this time")
                .says(stage.agent(), "PerSourcePenaltyExemptList")
                .end(() -> stage.agent().key(key()))
                .recovers(BAN_AFTER_TWO.plus(BACK), stage::passes)
                .passed();
        assertThat(stage.server().logged("Failed publickey")).isBetween(2L, 3L);
        assertThat(turnedAway(stage))
                .as("the attempt that showed the ban, and the one with the right key if that came before its end")
                .isBetween(1L, 2L);
    }

    @Test
    @Covers(F24)
    void becauseOfSomebodyElseAndASessionThatIsLostHasToWait() throws Exception {
        Stage stage = stageOf(SshdProgram.newer(), AFTER_ONE, "LogLevel DEBUG1").up();

        stage.incident(F24, "the server bans the address for somebody else's wrong key, and the session is lost")
                .inject(AFTER_ONE + ", a login with another key, and the session's process is killed", () -> {
                    try (Exchange kept = stage.agent().connect(TUNNEL)) {
                        offerAStrangersKey(stage);
                        assertThat(kept.say("after")).isEqualTo("after");
                    }
                    stage.server().killSessions();
                })
                .shows(stage.agent(), SOON, BannedByServer)
                .says(stage.agent(), "Not allowed at this time")
                .end(() -> {})
                .recovers(BAN_AFTER_ONE.plus(BACK), stage::passes)
                .passed();
        assertThat(turnedAway(stage)).isEqualTo(1);
    }

    private void offerAStrangersKey(Stage stage) throws IOException {
        Path knownHosts = Files.writeString(
                directory.resolve("known_hosts"), stage.server().hostKeyLine() + "\n");
        List<String> ssh = List.of(
                "ssh",
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "UserKnownHostsFile=" + knownHosts,
                "-i",
                strangersKey().privateFile().toString(),
                "-p",
                "" + stage.server().port(),
                stage.server().user() + "@" + stage.server().host());
        assertThatThrownBy(() -> Commands.run(ssh)).hasMessageContaining("Permission denied");
        stage.server().awaitLog(" active penalty of ");
    }

    private static long turnedAway(Stage stage) {
        return stage.server().logged("drop connection");
    }
}
