package dev.sshtunnels.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.report.ForwardReport;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a tunnel whose listener is on the server is ready. */
class RemoteForwardStatusTest {

    private static final ForwardReport UP = Facts.forward(true, Reason.AllForwardsReady, Reason.TargetConnected);
    private static final ForwardReport DOWN = Facts.forward(false, Reason.ForwardingProhibited, Reason.TargetNotTried);

    @ParameterizedTest
    @CsvSource({
        "Verified, Exposed=True/Verified, Ready=True/Ready",
        "LoopbackOnly, Exposed=False/LoopbackOnly, Ready=False/LoopbackOnly",
        "NotReachable, Exposed=False/NotReachable, Ready=False/NotReachable",
        "ProbeNotPermitted, Exposed=Unknown/ProbeNotPermitted, Ready=True/Ready",
        "NotVerified, Exposed=Unknown/NotVerified, Ready=True/Ready",
        "Ready, Exposed=Unknown/NotVerified, Ready=True/Ready"
    })
    void aRemoteListenerIsReadyUnlessClientsAreProvedNotToReachIt(Reason said, String exposed, String ready) {
        var facts = Facts.tunnel(Facts.tunnel("R"), Facts.agent(Facts.connected(), Facts.remote(said, "because")));

        assertThat(Shown.of(conditions(facts))).contains("ForwardsReady=True/AllForwardsReady", exposed, ready);
        assertThat(Shown.message(conditions(facts), "Exposed")).isEqualTo("forward tunnel: because");
    }

    @Test
    void aRemotePortIsHeldByOneAgentWhileOthersStandBy() {
        var facts = Facts.tunnel(
                Facts.tunnel("R"), Facts.agent(Facts.connected(), DOWN), Facts.agent(Facts.connected(), UP));

        assertThat(Shown.of(conditions(facts)))
                .contains("ForwardsReady=True/AllForwardsReady", "Exposed=Unknown/NotVerified", "Ready=True/Ready");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "u1")
    void aReportAboutAFormerTunnelOfTheSameNameDoesNotCount(String uid) {
        var agent = Facts.agent(Facts.connected(), Facts.remote(Reason.Verified, "because"));

        assertThat(Shown.of(conditions(Facts.tunnel(Facts.tunnel("R"), Facts.about(uid, agent)))))
                .contains(
                        "ForwardsReady=Unknown/Establishing",
                        "Exposed=Unknown/NotVerified",
                        "Ready=False/Establishing");
    }

    private static List<Condition> conditions(TunnelFacts facts) {
        return TunnelStatuses.of(facts, Instant.EPOCH).conditions();
    }
}
