package dev.sshtunnels.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.Reason;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportCodecTest {

    private static final AgentReport REPORT = new AgentReport(
            42,
            "notes.yaml:1: kind is missing",
            new SessionReport(
                    true,
                    Reason.Connected,
                    "logged in \"here\"\n",
                    3,
                    "bastion:22",
                    "SSH-2.0-OpenSSH_9.2",
                    "SHA256:abc",
                    "curve25519-sha256",
                    "aes128-gcm@openssh.com",
                    Reason.SecretNotFound,
                    "Secret key does not exist"),
            List.of(new TunnelReport(
                    "db",
                    "6fd31cf6-0000-0000-0000-000000000002",
                    7,
                    List.of(
                            new ForwardReport(
                                    "db",
                                    Mode.L,
                                    true,
                                    "*",
                                    "*",
                                    20000,
                                    "db.corp:5432",
                                    Reason.AllForwardsReady,
                                    "listening",
                                    Reason.TargetRefused,
                                    "db.corp:5432 refused",
                                    null,
                                    null),
                            new ForwardReport(
                                    "web",
                                    Mode.R,
                                    true,
                                    "*",
                                    "localhost",
                                    8080,
                                    "web:80",
                                    Reason.AllForwardsReady,
                                    "listening",
                                    Reason.TargetNotTried,
                                    null,
                                    Reason.LoopbackOnly,
                                    "loopback only"),
                            new ForwardReport(
                                    "socks",
                                    Mode.D,
                                    false,
                                    "localhost",
                                    null,
                                    0,
                                    null,
                                    Reason.LocalPortInUse,
                                    "taken",
                                    Reason.TargetNotTried,
                                    null,
                                    null,
                                    null)))));

    @Test
    void whatWasWrittenIsReadBackEqual() throws Exception {
        assertThat(ReportCodec.read(ReportCodec.write(REPORT))).isEqualTo(REPORT);
        assertThat(ReportCodec.read(new ByteArrayInputStream(ReportCodec.write(REPORT))))
                .isEqualTo(REPORT);
    }

    @Test
    void unknownPropertiesAndReasonsOfANewerAgentAreTolerated() throws Exception {
        AgentReport report = read("""
                {"revision": 1, "future": [1, {"a": null}],
                 "session": {"connected": false, "reason": "InventedTomorrow", "extra": 1.5},
                 "tunnels": [{"name": "a", "generation": 2, "forwards": [{"name": "a", "mode": "R", "reason": "Invented"}]}]}
                """);

        assertThat(report.session().reason()).isEqualTo(Reason.Connecting);
        assertThat(report.tunnels().getFirst().forwards().getFirst().reason()).isEqualTo(Reason.Establishing);
    }

    @Test
    void theVersionOfATunnelIsItsUidAndItsGeneration() throws Exception {
        assertThat(new String(ReportCodec.write(REPORT), UTF_8))
                .contains("\"name\":\"db\",\"uid\":\"6fd31cf6-0000-0000-0000-000000000002\",\"generation\":7,");
        assertThat(read("{\"session\": {}, \"tunnels\": [{\"name\": \"laptop\"}]}")
                        .tunnels()
                        .getFirst()
                        .uid())
                .isNull();
    }

    @Test
    void wrongTypesAreNamedByTheirPath() {
        assertThatThrownBy(() -> read("{\"session\": {}, \"tunnels\": [{\"name\": 5}]}"))
                .isInstanceOf(InvalidReportException.class)
                .hasMessage("report.tunnels[0].name is not a string");
        assertThatThrownBy(() -> read("{\"session\": 1}")).hasMessage("report.session is not an object");
        assertThatThrownBy(
                        () -> read(
                                "{\"session\": {}, \"tunnels\": [{\"name\": \"a\", \"forwards\": [{\"name\": \"a\", \"mode\": \"L\", \"port\": 70000}]}]}"))
                .hasMessage("report.tunnels[0].forwards[0].port is not a port");
    }

    @Test
    void whatIsNoReportIsRefused() {
        for (String text : List.of("", "null", "[]", "{", "{\"session\":", "\u0000")) {
            assertThatThrownBy(() -> read(text)).as(text).isInstanceOf(InvalidReportException.class);
        }
    }

    @Test
    void anEndlessReportIsRefusedAfterOneMebibyte() {
        byte[] endless = "a".repeat(ReportCodec.MAX_BYTES + 10).getBytes(UTF_8);

        assertThatThrownBy(() -> ReportCodec.read(new ByteArrayInputStream(endless)))
                .isInstanceOf(InvalidReportException.class)
                .hasMessageContaining("longer than 1048576 bytes");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "{\"a\":".repeat(100_000);

        assertThatThrownBy(() -> read(deep)).isInstanceOf(InvalidReportException.class);
    }

    @Test
    void longTextsAreCut() throws Exception {
        AgentReport report = read("{\"session\": {\"message\": \"" + "x".repeat(100_000) + "\"}}");

        assertThat(report.session().message()).hasSize(ReportNode.MAX_TEXT);
    }

    private static AgentReport read(String json) throws InvalidReportException {
        return ReportCodec.read(json.getBytes(UTF_8));
    }
}
