package dev.sshtunnels.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.report.ForwardReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a tunnel of several forwards waits or needs somebody: as long as one may come up by itself, it waits. */
class PartialForwardsStatusTest {

    @ParameterizedTest
    @CsvSource({"PrivilegedPort, Stalled", "ForwardingProhibited, Stalled", "RemotePortInUse, Reconciling"})
    void aForwardThatFailsBesideOneThatIsReadyCountsAsIfItWereAlone(Reason failure, String kstatus) {
        assertThat(shown(Reason.AllForwardsReady, failure, Reason.AllForwardsReady))
                .contains(
                        "ForwardsReady=False/PartiallyEstablished",
                        "Ready=False/PartiallyEstablished",
                        kstatus + "=True/PartiallyEstablished");
    }

    @Test
    void oneThatMendsItselfBesideOneThatDoesNotIsWaitedFor() {
        assertThat(shown(Reason.PrivilegedPort, Reason.RemotePortInUse, Reason.AllForwardsReady))
                .contains("Reconciling=True/PartiallyEstablished");
        assertThat(shown(Reason.PrivilegedPort, Reason.RemotePortInUse, Reason.RemotePortInUse))
                .contains("Reconciling=True/PrivilegedPort");
    }

    @Test
    void whereAllNeedSomebodyNothingIsWaitedFor() {
        assertThat(shown(Reason.PrivilegedPort, Reason.ForwardingProhibited, Reason.PrivilegedPort))
                .contains("Stalled=True/PrivilegedPort");
    }

    /** Conditions of a tunnel with a forward for each of these reasons. */
    private static List<String> shown(Reason first, Reason second, Reason third) {
        Agent agent = Facts.agent(
                Facts.connected(), forward("first", first), forward("second", second), forward("third", third));
        return Shown.of(
                TunnelStatuses.of(Facts.tunnel(tunnel(), agent), Facts.NOW).conditions());
    }

    private static ForwardReport forward(String name, Reason reason) {
        return new ForwardReport(
                name,
                Mode.R,
                reason == Reason.AllForwardsReady,
                "*",
                null,
                8080,
                "web:80",
                reason,
                "why",
                Reason.TargetNotTried,
                "",
                Reason.NotVerified,
                "");
    }

    private static SshTunnel tunnel() {
        return Facts.tunnelWith("""
                forwards: [
                  {name: first, mode: R, listen: {port: 80}, target: {host: web, port: 80}},
                  {name: second, mode: R, listen: {port: 81}, target: {host: web, port: 80}},
                  {name: third, mode: R, listen: {port: 82}, target: {host: web, port: 80}}]""");
    }
}
