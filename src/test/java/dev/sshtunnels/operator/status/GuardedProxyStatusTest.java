package dev.sshtunnels.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.operator.kinds.SshTunnelStatus;
import dev.sshtunnels.report.ForwardReport;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A tunnel that needs a Secret of its own, beside that of its server. */
class GuardedProxyStatusTest {
    private static final ForwardReport CLOSED_PROXY = new ForwardReport(
            "socks",
            Mode.D,
            false,
            "*",
            null,
            0,
            null,
            Reason.SecretKeyMissing,
            "no password",
            Reason.TargetNotTried,
            "not tried",
            null,
            null);

    private static final SshTunnel GUARDED_PROXY =
            Facts.tunnelWith("mode: D, access: {socks: {credentialsSecretRef: {name: socks-user}}}");

    @Test
    void aSecretThatIsNotMountedYetIsWaitedForAndNotMissed() {
        SshTunnelStatus status = status(Facts.tunnel(
                GUARDED_PROXY, Facts.agent(true, Facts.connected(), 7, Set.of("bastion-key"), CLOSED_PROXY)));

        assertThat(Shown.of(status.conditions()))
                .contains(
                        "ResolvedRefs=True/ResolvedRefs",
                        "ForwardsReady=Unknown/Establishing",
                        "Ready=False/Establishing",
                        "Reconciling=True/Establishing")
                .noneMatch(condition -> condition.startsWith("Stalled"));
    }

    @Test
    void aSecretThatAnAgentMissesForAForwardIsAReference() {
        SshTunnelStatus status = status(Facts.tunnel(
                GUARDED_PROXY,
                Facts.agent(true, Facts.connected(), 7, Set.of("bastion-key", "socks-user"), CLOSED_PROXY)));

        assertThat(Shown.of(status.conditions()))
                .contains(
                        "ResolvedRefs=False/SecretKeyMissing",
                        "Connected=True/Connected",
                        "ForwardsReady=False/SecretKeyMissing",
                        "Ready=False/SecretKeyMissing",
                        "Stalled=True/SecretKeyMissing");
    }

    private static SshTunnelStatus status(TunnelFacts facts) {
        return TunnelStatuses.of(facts, Facts.NOW);
    }
}
