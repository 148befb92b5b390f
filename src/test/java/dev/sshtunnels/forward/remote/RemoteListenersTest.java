package dev.sshtunnels.forward.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.ForwardState;
import dev.sshtunnels.forward.contract.OpenForward;
import dev.sshtunnels.ssh.RemoteForwarding.Grant.Granted;
import dev.sshtunnels.ssh.RemoteForwarding.Grant.Refused;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which forward a connection from the server belongs to, with a server that does things in any order. */
@Timeout(20)
class RemoteListenersTest {

    private final ScriptedRemote server = new ScriptedRemote();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aConnectionThatOvertakesTheGrantIsServed() {
        ScriptedRemote.Asked forward = server.open("a", "localhost", 8080);
        assertThat(server.connect("localhost", 8080)).isEqualTo("a");
        server.answer(new Granted(8080));
        assertThat(forward.state()).isEqualTo(new ForwardState.Listening("localhost", 8080));
        assertThat(server.connect("localhost", 8080)).isEqualTo("a");
    }

    @Test
    void aConnectionToAPortThatTheServerChoseIsServedBeforeTheGrantTellsIt() {
        server.open("a", "localhost", 0);
        assertThat(server.connect("localhost", 40_000)).isEqualTo("a");
        server.answer(new Granted(40_000));
        assertThat(server.connect("localhost", 40_000)).isEqualTo("a");
        assertThat(server.connect("localhost", 40_001)).isEqualTo("refused");
    }

    @Test
    void twoForwardsWithAPortThatTheServerChoosesAreToldApart() {
        server.open("a", "localhost", 0);
        server.open("b", "localhost", 0);
        assertThat(server.connect("localhost", 40_000)).isEqualTo("refused");
        server.answer(new Granted(40_000));
        server.answer(new Granted(40_001));
        assertThat(server.connect("localhost", 40_000)).isEqualTo("a");
        assertThat(server.connect("localhost", 40_001)).isEqualTo("b");
    }

    @Test
    void aConnectionToAListenerThatIsNotOursIsRefused() {
        server.open("a", "127.0.0.5", 8080);
        server.answer(new Granted(8080));
        assertThat(server.connect("127.0.0.5", 8081)).isEqualTo("refused");
        assertThat(server.connect("127.0.0.6", 8080)).isEqualTo("refused");
        assertThat(server.connect("localhost", 8080)).isEqualTo("refused");
    }

    @ParameterizedTest(name = "{0} named {1}")
    @CsvSource({"*, ''", "*, 0.0.0.0", "*, ::", "localhost, 127.0.0.1", "localhost, ::1", "::1, 0:0:0:0:0:0:0:1"})
    void aListenerIsKnownAgainByTheAddressThatTheServerBound(String asked, String named) {
        server.open("a", asked, 8080);
        server.answer(new Granted(8080));
        assertThat(server.connect(named, 8080)).isEqualTo("a");
    }

    @Test
    void allAddressesAreAskedForWithTheEmptyString() {
        server.open("a", "*", 8080);
        assertThat(server.requests()).containsExactly("listen " + new HostPort("", 8080));
    }

    @Test
    void forwardsOnOnePortWithDifferentAddressesDoNotDisturbEachOther() {
        server.open("a", "127.0.0.5", 8080);
        ScriptedRemote.Asked second = server.open("b", "127.0.0.6", 8080);
        server.answer(new Granted(8080));
        server.answer(new Granted(8080));
        assertThat(server.connect("127.0.0.5", 8080)).isEqualTo("a");
        assertThat(server.connect("127.0.0.6", 8080)).isEqualTo("b");
        second.close(OpenForward.Connections.RESET);
        assertThat(server.connect("127.0.0.5", 8080)).isEqualTo("a");
        assertThat(server.connect("127.0.0.6", 8080)).isEqualTo("refused");
    }

    @Test
    void whoComesSecondOnAServerThatHasOneAddressForBothIsToldWhoHasThePort() {
        server.open("a", "127.0.0.5", 8080);
        ScriptedRemote.Asked second = server.open("b", "127.0.0.6", 8080);
        server.answer(new Granted(8080));
        server.answer(new Refused(""));
        assertThat(second.failure().reason()).isEqualTo(Reason.RemotePortInUse);
        assertThat(second.failure().message())
                .contains("forward a has 127.0.0.5:8080")
                .contains("GatewayPorts clientspecified");
        assertThat(server.connect("127.0.0.5", 8080)).isEqualTo("a");
    }

    @Test
    void twoForwardsWithTheSameListenerDoNotTakeItFromEachOther() {
        ScriptedRemote.Asked first = server.open("a", "localhost", 8080);
        ScriptedRemote.Asked second = server.open("b", "localhost", 8080);
        Finding refusal = second.failure();
        assertThat(refusal.message()).contains("forward a").contains("localhost:8080 already");
        server.answer(new Granted(8080));
        assertThat(server.connect("localhost", 8080)).isEqualTo("a");
        first.close(OpenForward.Connections.KEEP);
        server.answer(true);
        server.awaitRequests(3);
        server.answer(new Granted(8080));
        assertThat(server.connect("localhost", 8080)).isEqualTo("b");
    }

    @Test
    void aListenerIsGoneOnlyWhenTheServerHasConfirmedIt() {
        ScriptedRemote.Asked forward = server.open("a", "localhost", 8080);
        server.answer(new Granted(8080));
        forward.close(OpenForward.Connections.KEEP);
        assertThat(server.requests()).containsExactly("listen localhost:8080", "cancel localhost:8080");
        assertThat(server.connect("localhost", 8080)).isEqualTo("a");
        server.answer(true);
        assertThat(server.connect("localhost", 8080)).isEqualTo("refused");
    }

    @Test
    void anEditedForwardTakesTheListenerOverWithoutAGap() {
        ScriptedRemote.Asked former = server.open("former", "localhost", 8080);
        server.answer(new Granted(8080));
        former.close(OpenForward.Connections.KEEP);
        server.open("edited", "localhost", 8080);
        assertThat(server.connect("localhost", 8080)).isEqualTo("edited");
        server.answer(true);
        server.answer(new Granted(8080));
        assertThat(server.connect("localhost", 8080)).isEqualTo("edited");
    }

    @Test
    void aGrantThatComesAfterTheForwardHasEndedIsGivenBack() {
        ScriptedRemote.Asked forward = server.open("a", "localhost", 0);
        forward.close(OpenForward.Connections.RESET);
        server.answer(new Granted(40_000));
        assertThat(server.requests()).containsExactly("listen localhost:0", "cancel localhost:40000");
        assertThat(server.connect("localhost", 40_000)).isEqualTo("refused");
    }

    @Test
    void aPortThatWasLostWithItsSessionIsSaidToBeHeldByIt() {
        ScriptedRemote.Asked lost = server.open("a", "localhost", 8080);
        server.answer(new Granted(8080));
        lost.lose();
        server.answer(false);
        ScriptedRemote.Asked again = server.open("a", "localhost", 8080);
        server.answer(new Refused(""));
        assertThat(again.failure().reason()).isEqualTo(Reason.RemotePortHeldByStaleSession);
        assertThat(again.failure().message()).contains("this agent had it on a session that was lost");
    }

    @Test
    void aPortThatWasGivenBackIsNobodysGhost() {
        ScriptedRemote.Asked former = server.open("a", "localhost", 8080);
        server.answer(new Granted(8080));
        former.close(OpenForward.Connections.KEEP);
        server.answer(true);
        former.lose();
        ScriptedRemote.Asked again = server.open("a", "localhost", 8080);
        server.answer(new Refused(""));
        assertThat(again.failure().reason()).isEqualTo(Reason.RemotePortInUse);
    }
}
