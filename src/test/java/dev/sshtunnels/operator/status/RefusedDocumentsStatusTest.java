package dev.sshtunnels.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.report.ForwardReport;
import org.junit.jupiter.api.Test;

/** What is said of a server and its tunnels when an agent cannot use its newest documents. */
class RefusedDocumentsStatusTest {
    private static final ForwardReport UP = Facts.forward(true, Reason.AllForwardsReady, Reason.TargetConnected);
    private static final String PROBLEM = "notes.yaml:1: kind is missing";

    @Test
    void anAgentThatCannotUseItsNewestDocumentsDegradesItsServer() {
        Agent agent = Facts.refusing(Facts.agent(Facts.connected(), UP), PROBLEM);

        var conditions = ServerStatuses.of(Facts.of(agent), Facts.NOW).conditions();

        assertThat(Shown.of(conditions)).contains("Connected=True/Connected", "Ready=True/Degraded");
        assertThat(Shown.message(conditions, "Ready"))
                .isEqualTo(
                        "pod bastion-ssh-1 cannot use what is in ConfigMap bastion-ssh and goes on with its last good"
                                + " documents: " + PROBLEM
                                + ". Take out of the ConfigMap what the operator did not write; if that"
                                + " is nothing, give agents and operator the same version");
        assertThat(Shown.message(conditions, "Connected")).contains("connected to bastion.corp:22", PROBLEM);
    }

    @Test
    void anEditOfTheServerThatItsAgentsCannotUseSaysWhy() {
        Agent agent = Facts.refusing(Facts.agent(Facts.session(true, Reason.Connected, "up", 2), UP), PROBLEM);

        var conditions = ServerStatuses.of(Facts.of(agent), Facts.NOW).conditions();

        assertThat(Shown.of(conditions)).contains("Connected=Unknown/Connecting", "Ready=False/Progressing");
        assertThat(Shown.message(conditions, "Ready")).contains(PROBLEM);
        assertThat(Shown.message(conditions, "Connected")).contains(PROBLEM);
    }

    @Test
    void anEditOfATunnelThatTheAgentsCannotUseSaysWhy() {
        Agent agent = Facts.refusing(Facts.agent(true, Facts.connected(), 6, UP), PROBLEM);

        var status = TunnelStatuses.of(Facts.tunnel(Facts.tunnel("L"), agent), Facts.NOW);

        assertThat(Shown.of(status.conditions()))
                .contains("ForwardsReady=Unknown/Establishing", "Ready=False/Establishing");
        assertThat(Shown.message(status.conditions(), "Ready"))
                .startsWith("forward tunnel: the agents have not taken it up yet; pod bastion-ssh-1")
                .contains(PROBLEM);
        assertThat(status.forwards().getFirst().message()).contains(PROBLEM);
    }
}
