package dev.sshtunnels.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.operator.kinds.SshTunnelStatus;
import dev.sshtunnels.report.ForwardReport;
import dev.sshtunnels.tunnel.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TunnelStatusesTest {
    private static final ForwardReport UP = Facts.forward(true, Reason.AllForwardsReady, Reason.TargetConnected);
    private static final ForwardReport DOWN = Facts.forward(false, Reason.ForwardingProhibited, Reason.TargetNotTried);

    @Test
    void aTunnelThatWorksIsReadyAndSaysWhereClientsReachIt() {
        SshTunnelStatus status = status(Facts.tunnel(Facts.tunnel("L"), Facts.agent(Facts.connected(), UP)));

        assertThat(Shown.of(status.conditions()))
                .containsExactly(
                        "Accepted=True/Accepted",
                        "ResolvedRefs=True/ResolvedRefs",
                        "WorkloadAvailable=True/MinimumReplicasAvailable",
                        "Connected=True/Connected",
                        "ForwardsReady=True/AllForwardsReady",
                        "TargetReachable=True/TargetConnected",
                        "Exposed=True/ServicePublished",
                        "Ready=True/Ready");
        assertThat(status.summary()).isEqualTo("L *:5432 -> db.corp:5432");
        assertThat(status.endpoint().uri()).isEqualTo("tcp://orders-db.shop.svc:5432");
        assertThat(status.forwards()).singleElement().satisfies(forward -> {
            assertThat(forward.ready()).isTrue();
            assertThat(forward.port()).isEqualTo(5432);
            assertThat(forward.boundAddress()).isEqualTo("*");
            assertThat(forward.message()).isNull();
        });
    }

    @Test
    void aForwardThatFailsIsTheReason() {
        SshTunnelStatus status = status(Facts.tunnel(Facts.tunnel("L"), Facts.agent(Facts.connected(), DOWN)));

        assertThat(Shown.of(status.conditions()))
                .contains(
                        "ForwardsReady=False/ForwardingProhibited",
                        "Ready=False/ForwardingProhibited",
                        "Stalled=True/ForwardingProhibited");
        assertThat(status.forwards().getFirst().reason()).isEqualTo("ForwardingProhibited");
    }

    @Test
    void whatItsServerMissesForTheNextLoginLeavesItReady() {
        var session = Facts.pending(new Finding(Reason.ConfigMapNotFound, "ConfigMap hosts does not exist"));

        var conditions = status(Facts.tunnel(Facts.tunnel("L"), Facts.agent(session, UP)))
                .conditions();

        assertThat(Shown.of(conditions)).contains("ResolvedRefs=False/ConfigMapNotFound", "Ready=True/Degraded");
        assertThat(Shown.message(conditions, "Ready")).isEqualTo("ConfigMap hosts does not exist");
    }

    @Test
    void aForwardThatFailsIsTheReasonAlsoWhileTheNextLoginMissesSomething() {
        var session = Facts.pending(new Finding(Reason.SecretNotFound, "Secret key does not exist"));

        assertThat(Shown.of(status(Facts.tunnel(Facts.tunnel("L"), Facts.agent(session, DOWN)))
                        .conditions()))
                .contains("ResolvedRefs=False/SecretNotFound", "Ready=False/ForwardingProhibited");
    }

    @Test
    void localListenersMustBeUpOnEveryAgentThatClientsMayReach() {
        var facts = Facts.tunnel(
                Facts.tunnel("L"), Facts.agent(Facts.connected(), UP), Facts.agent(Facts.connected(), DOWN));

        assertThat(Shown.of(status(facts).conditions())).contains("ForwardsReady=False/ForwardingProhibited");
    }

    @Test
    void anAgentThatClientsDoNotReachDoesNotHinder() {
        var facts = Facts.tunnel(
                Facts.tunnel("L"), Facts.agent(Facts.connected(), UP), Facts.agent(false, Facts.connected(), 7, DOWN));

        assertThat(Shown.of(status(facts).conditions())).contains("Ready=True/Ready");
    }

    @Test
    void aReportAboutAnOlderVersionDoesNotCount() {
        var facts = Facts.tunnel(Facts.tunnel("L"), Facts.agent(true, Facts.connected(), 6, UP));

        assertThat(Shown.of(status(facts).conditions()))
                .contains("ForwardsReady=Unknown/Establishing", "Ready=False/Establishing");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"TargetRefused", "TargetUnreachable", "TargetUnresolvable", "TargetProhibited", "TargetTimeout"})
    void aTargetThatFailedLastDegradesATunnelThatIsReady(Reason reason) {
        var forward = Facts.forward(true, Reason.AllForwardsReady, reason);

        assertThat(Shown.of(status(Facts.tunnel(Facts.tunnel("L"), Facts.agent(Facts.connected(), forward)))
                        .conditions()))
                .contains("TargetReachable=False/" + reason, "Ready=True/Degraded");
    }

    @Test
    void aTunnelWithoutItsServerSaysWhichOneIsMissing() {
        var facts = new TunnelFacts(
                Facts.tunnel("L"),
                Optional.empty(),
                List.of(),
                0,
                Optional.empty(),
                List.of(),
                Set.of(),
                true,
                Optional.empty());

        assertThat(Shown.of(status(facts).conditions()))
                .contains("ResolvedRefs=False/ServerNotFound", "Ready=False/ServerNotFound");
        assertThat(Shown.message(status(facts).conditions(), "Ready")).contains("SshServer bastion", "namespace shop");
    }

    @Test
    void whatTheServersAgentsMissIsSaidOfItsTunnelsToo() {
        var agent = Facts.agent(false, Facts.session(false, Reason.SecretNotFound, "Secret key is missing", 3), 7);

        assertThat(Shown.of(status(Facts.tunnel(Facts.tunnel("L"), agent)).conditions()))
                .contains("ResolvedRefs=False/SecretNotFound", "Ready=False/SecretNotFound");
    }

    @Test
    void aServiceThatIsNotThereIsAReferenceThatIsMissing() {
        var good = Facts.tunnel(Facts.tunnel("R"), Facts.agent(Facts.connected()));
        var facts = new TunnelFacts(
                good.tunnel(),
                Optional.empty(),
                List.of(new Finding(Reason.ServiceNotFound, "no Service web")),
                0,
                good.server(),
                good.agents(),
                Set.of(),
                true,
                Optional.empty());

        assertThat(Shown.of(status(facts).conditions())).contains("Ready=False/ServiceNotFound");
    }

    @Test
    void anEditThatIsNotAcceptedSaysWhichVersionRuns() {
        var good = Facts.tunnel(Facts.tunnel("L"), Facts.agent(true, Facts.connected(), 6, UP));

        var conditions = status(Facts.rejected(good, 6, Reason.NotSupportedYet, "spec.expireAt is not supported"))
                .conditions();

        assertThat(Shown.of(conditions))
                .contains(
                        "Accepted=False/NotSupportedYet",
                        "ForwardsReady=True/AllForwardsReady",
                        "Ready=False/NotSupportedYet");
        assertThat(Shown.message(conditions, "Accepted")).contains("generation 6", "keeps running");
    }

    @Test
    void aServiceWithoutAReadyAgentIsNotReady() {
        var agent = Facts.agent(false, Facts.connected(), 7, UP);

        assertThat(Shown.of(status(Facts.tunnel(Facts.tunnel("L"), agent)).conditions()))
                .contains("Exposed=False/NoReadyEndpoints", "Ready=False/NoReadyEndpoints");
    }

    @Test
    void aTunnelIsNotReadyBeforeEveryNodeSendsClientsToIt() {
        var facts = Facts.unsettled(Facts.tunnel(Facts.tunnel("L"), Facts.agent(Facts.connected(), UP)));

        assertThat(Shown.of(status(facts).conditions()))
                .contains("Exposed=False/Progressing", "Ready=False/Progressing", "Reconciling=True/Progressing");
    }

    @Test
    void aSuspendedTunnelIsNeitherStalledNorReconciling() {
        SshTunnel tunnel = Facts.tunnelWith("mode: L, suspend: true, target: {host: db, port: 1}");

        SshTunnelStatus status = status(Facts.tunnel(tunnel, Facts.agent(Facts.connected())));

        assertThat(Shown.of(status.conditions()))
                .contains("Accepted=True/Accepted", "Ready=False/Suspended")
                .noneMatch(shown -> shown.startsWith("Stalled") || shown.startsWith("Reconciling"));
        assertThat(status.forwards().getFirst().reason()).isEqualTo("Suspended");
        assertThat(status.endpoint()).isNotNull();
    }

    private static SshTunnelStatus status(TunnelFacts facts) {
        return TunnelStatuses.of(facts, Facts.NOW);
    }
}
