package dev.sshtunnels.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshServerStatus;
import dev.sshtunnels.tunnel.Finding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerStatusesTest {

    @Test
    void aServerWithAConnectedAgentIsReadyAndDescribed() {
        SshServerStatus status = ServerStatuses.of(Facts.of(Facts.agent(Facts.connected())), Facts.NOW);

        assertThat(Shown.of(status.conditions()))
                .containsExactly(
                        "Accepted=True/Accepted",
                        "ResolvedRefs=True/ResolvedRefs",
                        "WorkloadAvailable=True/MinimumReplicasAvailable",
                        "Connected=True/Connected",
                        "Ready=True/Ready");
        assertThat(status.activeEndpoint()).isEqualTo("bastion.corp:22");
        assertThat(status.serverVersion()).isEqualTo("SSH-2.0-OpenSSH_9.2");
        assertThat(status.readyReplicas()).isEqualTo(1);
        assertThat(status.observedGeneration()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "SecretNotFound",
                "SecretKeyMissing",
                "InvalidPrivateKey",
                "WrongPassphrase",
                "ConfigMapNotFound",
                "InvalidKnownHosts"
            })
    void whatAnAgentMissesIsAReferenceAndNeedsAPerson(Reason reason) {
        var agent = Facts.agent(false, Facts.session(false, reason, "mend it", 3), 7);

        assertThat(Shown.of(ServerStatuses.of(Facts.of(agent), Facts.NOW).conditions()))
                .contains("ResolvedRefs=False/" + reason, "Ready=False/" + reason, "Stalled=True/" + reason);
    }

    @Test
    void whatIsMissingForTheNextLoginIsToldAndASessionThatStandsStaysReady() {
        var agent = Facts.agent(Facts.pending(new Finding(Reason.SecretNotFound, "Secret key does not exist")));

        var conditions = ServerStatuses.of(Facts.of(agent), Facts.NOW).conditions();

        assertThat(Shown.of(conditions))
                .contains("ResolvedRefs=False/SecretNotFound", "Connected=True/Connected", "Ready=True/Degraded")
                .noneMatch(condition -> condition.startsWith("Stalled"));
        assertThat(Shown.message(conditions, "Ready")).contains("Secret key does not exist");
    }

    @Test
    void aNewLoginThatIsRejectedIsADegradationOfTheSessionThatStands() {
        var agent = Facts.agent(Facts.pending(new Finding(Reason.AuthenticationFailed, "permission denied")));

        assertThat(Shown.of(ServerStatuses.of(Facts.of(agent), Facts.NOW).conditions()))
                .contains("ResolvedRefs=True/ResolvedRefs", "Connected=True/Connected", "Ready=True/Degraded");
    }

    @ParameterizedTest
    @EnumSource(names = {"ConnectionRefused", "ConnectTimeout", "DNSFailed", "KeepAliveTimeout"})
    void aFaultThatPassesIsReconciling(Reason reason) {
        var agent = Facts.agent(false, Facts.session(false, reason, "next try in 4 s", 3), 7);

        assertThat(Shown.of(ServerStatuses.of(Facts.of(agent), Facts.NOW).conditions()))
                .contains("Connected=False/" + reason, "Ready=False/" + reason, "Reconciling=True/" + reason)
                .contains("ResolvedRefs=True/ResolvedRefs");
    }

    @Test
    void aReportAboutAnOlderVersionDoesNotCount() {
        var agent = Facts.agent(Facts.session(true, Reason.Connected, "up", 2));

        assertThat(Shown.of(ServerStatuses.of(Facts.of(agent), Facts.NOW).conditions()))
                .contains("Connected=Unknown/Connecting", "Ready=False/Progressing");
    }

    @Test
    void anAgentThatRunsAndDoesNotAnswerIsNamedWithTheRemedy() {
        Agent running = Facts.agent(Facts.connected());
        Agent silent = new Agent(
                running.pod(),
                true,
                false,
                running.container(),
                running.secrets(),
                Optional.empty(),
                Optional.of(new Silence("10.0.0.7:8081", "the connection was not answered within 5 s")));

        var conditions = ServerStatuses.of(Facts.of(silent), Facts.NOW).conditions();

        String message = "pod bastion-ssh-1 runs, but does not answer the operator at 10.0.0.7:8081: the connection was"
                + " not answered within 5 s. Let the operator's namespace reach TCP port 8081 of pods with the label"
                + " sshtunnels.dev/server=bastion (docs/troubleshooting.md)";
        assertThat(Shown.of(conditions)).contains("Connected=Unknown/Connecting", "Ready=False/Progressing");
        assertThat(Shown.message(conditions, "Connected")).isEqualTo(message);
        assertThat(Shown.message(conditions, "Ready")).isEqualTo(message);
    }

    @Test
    void anEditThatIsNotAcceptedSaysThatTheFormerVersionRuns() {
        var facts = new ServerFacts(
                Facts.server(),
                Optional.of(new Finding(Reason.NotSupportedYet, "spec.proxy is not supported yet")),
                true,
                1,
                List.of(Facts.agent(Facts.session(true, Reason.Connected, "up", 2))),
                Optional.empty(),
                1);

        var conditions = ServerStatuses.of(facts, Facts.NOW).conditions();

        assertThat(Shown.of(conditions))
                .contains("Accepted=False/NotSupportedYet", "Connected=True/Connected", "Ready=False/NotSupportedYet");
        assertThat(Shown.message(conditions, "Accepted")).contains("last accepted version keeps running");
    }

    @Test
    void fewerConnectedAgentsThanWantedAreADegradation() {
        var facts = new ServerFacts(
                Facts.server(),
                Optional.empty(),
                true,
                2,
                List.of(
                        Facts.agent(Facts.connected()),
                        Facts.agent(false, Facts.session(false, Reason.ConnectTimeout, "slow", 3), 7)),
                Optional.empty(),
                1);

        assertThat(Shown.of(ServerStatuses.of(facts, Facts.NOW).conditions())).contains("Ready=True/Degraded");
    }

    @Test
    void anUnchangedDiagnosisIsAnUnchangedStatusAndAChangedOneMovesOnlyItsOwnTime() {
        SshServer server = Facts.serverWith(Facts.agent(Facts.connected()));
        var later = Facts.NOW.plusSeconds(60);
        var facts = new ServerFacts(
                server, Optional.empty(), true, 1, List.of(Facts.agent(Facts.connected())), Optional.empty(), 1);
        assertThat(ServerStatuses.of(facts, later)).isEqualTo(server.getStatus());

        var lost = new ServerFacts(
                server,
                Optional.empty(),
                true,
                1,
                List.of(Facts.agent(Facts.session(false, Reason.KeepAliveTimeout, "gone", 3))),
                Optional.empty(),
                1);
        var conditions = ServerStatuses.of(lost, later).conditions();
        assertThat(Shown.since(conditions, "Accepted")).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(Shown.since(conditions, "Connected")).isEqualTo("2026-03-01T10:01:00Z");
    }
}
