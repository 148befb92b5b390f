package dev.sshtunnels.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.report.ForwardReport;
import dev.sshtunnels.tunnel.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said of a tunnel whose server is not accepted: that, unless its agents have the tunnel all the same. */
class ServerNotAcceptedStatusTest {
    private static final ForwardReport UP = Facts.forward(true, Reason.AllForwardsReady, Reason.TargetConnected);
    private static final Finding TAKEN = new Finding(Reason.ServerNameTaken, "ConfigMap bastion-ssh exists already");

    @Test
    void aTunnelOfAServerThatHasNoAgentsNamesWhyTheServerIsNotAccepted() {
        var conditions = tunnelAtRejectedServer(false);

        assertThat(Shown.of(conditions))
                .contains(
                        "ResolvedRefs=False/ServerNotAccepted",
                        "Ready=False/ServerNotAccepted",
                        "Stalled=True/ServerNotAccepted");
        assertThat(Shown.message(conditions, "Ready"))
                .isEqualTo("SshServer bastion is not accepted: ConfigMap bastion-ssh exists already");
    }

    @Test
    void aTunnelThatTheAgentsDoNotGetNamesWhyItsServerIsNotAccepted() {
        var conditions = tunnelAtRejectedServer(true, Facts.agent(true, Facts.connected(), 6, UP));

        assertThat(Shown.of(conditions)).contains("Ready=False/ServerNotAccepted");
        assertThat(Shown.message(conditions, "Ready")).contains("ConfigMap bastion-ssh exists already");
    }

    @Test
    void aTunnelThatTheAgentsHaveIsReadyThoughAnEditOfItsServerIsNotAccepted() {
        assertThat(Shown.of(tunnelAtRejectedServer(true, Facts.agent(Facts.connected(), UP))))
                .contains("ResolvedRefs=True/ResolvedRefs", "Ready=True/Ready");
    }

    @Test
    void whatKeepsAgentsFromSpeakingIsTheReasonBeforeWhatTheirServerIsNotAcceptedFor() {
        assertThat(Shown.of(tunnelAtRejectedServer(true, Facts.stuck("ErrImagePull", "no such image"))))
                .contains("Ready=False/ImagePullFailed");
    }

    private static List<Condition> tunnelAtRejectedServer(boolean runs, Agent... agents) {
        SshServer server = Facts.server();
        var facts = new ServerFacts(server, Optional.of(TAKEN), runs, 1, List.of(agents), Optional.empty(), 1);
        server.setStatus(ServerStatuses.of(facts, Facts.NOW));
        boolean reachable = List.of(agents).stream().anyMatch(Agent::ready);
        return TunnelStatuses.of(
                        new TunnelFacts(
                                Facts.tunnel("L"),
                                Optional.empty(),
                                List.of(),
                                7,
                                Optional.of(server),
                                List.of(agents),
                                reachable ? Set.of("orders-db") : Set.of(),
                                true,
                                Optional.empty()),
                        Facts.NOW)
                .conditions();
    }
}
