package dev.sshtunnels.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.kinds.KindsSerialization;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.report.ForwardReport;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TargetReachable and Ready of a tunnel with spec.probe. */
class TargetProbeStatusTest {

    private static final ForwardReport ANSWERED = Facts.forward(true, Reason.AllForwardsReady, Reason.ProbeSucceeded);

    @Test
    void aTargetThatAnswersIsReachableAndTheMessageSaysHow() {
        List<Condition> conditions = conditions("{mode: L, target: {host: db, port: 5432}, probe: {}}", ANSWERED);

        assertThat(Shown.of(conditions)).contains("TargetReachable=True/ProbeSucceeded", "Ready=True/Ready");
        assertThat(Shown.message(conditions, "TargetReachable")).isEqualTo("forward tunnel: how");
    }

    @ParameterizedTest
    @EnumSource(names = {"NoAnswer", "UnexpectedAnswer", "TargetRefused", "TargetTimeout"})
    void aTunnelIsReadyOnlyWhileItsTargetAnswers(Reason reason) {
        assertThat(Shown.of(conditions(
                        "{mode: L, target: {host: db, port: 5432}, probe: {type: PostgreSQL}}", failed(reason))))
                .contains("TargetReachable=False/" + reason, "Ready=False/" + reason, "Reconciling=True/" + reason)
                .contains("ForwardsReady=True/AllForwardsReady", "Exposed=True/ServicePublished");
    }

    @Test
    void withoutTheGateItIsDegraded() {
        assertThat(Shown.of(conditions(
                        "{mode: L, target: {host: db, port: 5432}, probe: {gateReadiness: false}}",
                        failed(Reason.NoAnswer))))
                .contains("TargetReachable=False/NoAnswer", "Ready=True/Degraded");
    }

    @Test
    void untilTheFirstAnswerItIsNotReadyYet() {
        var untried = Facts.forward(true, Reason.AllForwardsReady, Reason.TargetNotTried);

        List<Condition> conditions = conditions("{mode: L, target: {host: db, port: 5432}, probe: {}}", untried);

        assertThat(Shown.of(conditions))
                .contains("TargetReachable=Unknown/TargetNotTried", "Ready=False/TargetNotTried");
        assertThat(Shown.message(conditions, "TargetReachable")).contains("0 of 1");
    }

    @Test
    void aClientThatGotThroughIsNoAnswerToAProbe() {
        var connected = Facts.forward(true, Reason.AllForwardsReady, Reason.TargetConnected);

        assertThat(Shown.of(conditions("{mode: L, target: {host: db, port: 5432}, probe: {}}", connected)))
                .contains("TargetReachable=Unknown/TargetNotTried");
    }

    @Test
    void whatClientsOfASocksProxyFindCountsNotBesideAProbe() {
        var proxy = new ForwardReport(
                "socks",
                Mode.D,
                true,
                "*",
                "*",
                1080,
                null,
                Reason.AllForwardsReady,
                "up",
                Reason.TargetUnresolvable,
                "no such host",
                null,
                null);

        assertThat(Shown.of(conditions(
                        "{forwards: [{name: socks, mode: D}, {name: tunnel, mode: L, target: {host: db, port: 5432}}],"
                                + " probe: {}}",
                        ANSWERED,
                        proxy)))
                .contains("TargetReachable=True/ProbeSucceeded", "Ready=True/Ready");
    }

    @Test
    void noneIsNoProbe() {
        assertThat(Shown.of(conditions(
                        "{mode: L, target: {host: db, port: 5432}, probe: {type: None, gateReadiness: true}}",
                        failed(Reason.TargetRefused))))
                .contains("TargetReachable=False/TargetRefused", "Ready=True/Degraded");
    }

    private static ForwardReport failed(Reason reason) {
        return Facts.forward(true, Reason.AllForwardsReady, reason);
    }

    private static List<Condition> conditions(String spec, ForwardReport... forwards) {
        String withServer = spec.substring(0, spec.length() - 1) + ", serverRef: {name: bastion}}";
        SshTunnel tunnel = KindsSerialization.create()
                .unmarshal(
                        "--- {apiVersion: sshtunnels.dev/v1alpha1, kind: SshTunnel, metadata: {name: orders-db,"
                                + " namespace: shop, uid: u2, generation: 7}, spec: " + withServer + "}",
                        SshTunnel.class);
        return TunnelStatuses.of(Facts.tunnel(tunnel, Facts.agent(Facts.connected(), forwards)), Facts.NOW)
                .conditions();
    }
}
