package dev.sshtunnels.faults.transport;

import static dev.sshtunnels.api.Reason.ConnectTimeout;
import static dev.sshtunnels.api.Reason.ConnectionReset;
import static dev.sshtunnels.api.Reason.KeepAliveTimeout;
import static dev.sshtunnels.api.Reason.ServerDisconnected;
import static dev.sshtunnels.faults.Row.F4;
import static dev.sshtunnels.faults.Row.F5;
import static dev.sshtunnels.faults.Row.F6;
import static dev.sshtunnels.faults.Row.F7;
import static dev.sshtunnels.faults.Row.F8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.FaultScenario;
import dev.sshtunnels.faults.Incident;
import dev.sshtunnels.faults.Stage;
import dev.sshtunnels.faults.inject.FaultProxy;
import dev.sshtunnels.faults.inject.Firewall;
import dev.sshtunnels.faults.inject.Way;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A session falls silent")
class SilenceFaultIT extends FaultScenario {

    static final Duration DEAD_PEER = Duration.ofSeconds(15);
    static final Duration BACK = Duration.ofSeconds(5);

    @Test
    @Covers(F4)
    void allPacketsAreLost() throws Exception {
        Stage stage = stageWithSharedServer().up();
        Firewall firewall = stage.site().firewall();

        stage.incident(F4, F4.fault())
                .inject(
                        "nftables drops both directions",
                        () -> firewall.swallow(stage.server().port()))
                .shows(stage.agent(), DEAD_PEER, KeepAliveTimeout)
                .end(firewall::open)
                .recovers(BACK, stage::passes)
                .passed();
    }

    @Test
    @Covers(F5)
    void allPacketsAreLostUnderAnUpload() throws Exception {
        Stage stage = stageWithSharedServer().up();
        Firewall firewall = stage.site().firewall();
        Upload upload = untilTheEnd(Upload.through(stage));
        upload.awaitFlow();

        stage.incident(F5, F5.fault())
                .inject(
                        "nftables drops both directions",
                        () -> firewall.swallow(stage.server().port()))
                .shows(stage.agent(), DEAD_PEER, KeepAliveTimeout)
                .end(firewall::open)
                .recovers(BACK, stage::passes)
                .passed();
        upload.awaitReset();
    }

    @Test
    @Covers(F6)
    void theServerFallsSilentDuringARekey() throws Exception {
        Stage stage = stageWithSharedServer("LogLevel DEBUG1");
        // Less than may be under way to a server that has not answered yet.
        FaultProxy proxy = stage.proxied("rekey: {bytes: 32K}");
        Upload upload = untilTheEnd(Upload.connected(stage));
        Incident incident = stage.incident(F6, "the server falls silent in the middle of a rekey");
        long exchanges = stage.server().logged("SSH2_MSG_KEXINIT received");

        incident.inject("a proxy stops passing what the server sends; then the client's RekeyLimit is reached", () -> {
                    proxy.freeze(Way.TO_CLIENT);
                    upload.begin(1 << 20);
                })
                .shows(stage.agent(), DEAD_PEER, KeepAliveTimeout)
                .end(proxy::pass)
                .recovers(BACK, stage::passes)
                .passed();
        assertThat(stage.server().logged("SSH2_MSG_KEXINIT received"))
                .as("the client had asked for new keys, and logged in again")
                .isGreaterThanOrEqualTo(exchanges + 2);
    }

    @Test
    @Covers(F7)
    void aMiddleboxForgetsTheConnection() throws Exception {
        Stage stage = stageWithSharedServer();
        FaultProxy proxy = stage.proxied();

        stage.incident(F7, F7.fault())
                .inject("a proxy answers the next byte with RST, and tells the server nothing", proxy::forget)
                .shows(stage.agent(), Duration.ofSeconds(6), ConnectionReset, ServerDisconnected)
                .end(() -> {})
                .recovers(BACK, stage::passes)
                .passed();
    }

    @Test
    @Covers(F8)
    void whatTheServerSendsIsLost() throws Exception {
        Stage stage = stageWithSharedServer().up();
        Firewall firewall = stage.site().firewall();

        stage.incident(F8, F8.fault())
                .inject(
                        "nftables drops what the server sends",
                        () -> firewall.swallowAnswers(stage.server().port()))
                .shows(stage.agent(), DEAD_PEER, KeepAliveTimeout, ConnectTimeout)
                .end(firewall::open)
                .recovers(BACK, stage::passes)
                .passed();
    }
}
