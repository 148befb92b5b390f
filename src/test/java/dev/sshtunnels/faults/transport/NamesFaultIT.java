package dev.sshtunnels.faults.transport;

import static dev.sshtunnels.api.Reason.DNSFailed;
import static dev.sshtunnels.faults.Row.F12;
import static dev.sshtunnels.faults.Row.F13;
import static dev.sshtunnels.faults.Row.F14;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.FaultAgent;
import dev.sshtunnels.faults.FaultScenario;
import dev.sshtunnels.faults.Stage;
import dev.sshtunnels.faults.inject.Firewall;
import dev.sshtunnels.faults.inject.NameServer;
import dev.sshtunnels.faults.inject.NameServer.Answer;
import dev.sshtunnels.faults.inject.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The server's name")
class NamesFaultIT extends FaultScenario {

    private static final String NAME = "bastion.example";
    private static final Duration AS_AFTER_A_RESTART = Duration.ofSeconds(3);
    private static final Duration BACK = Duration.ofSeconds(5);

    /** As long as a resolver may be waited for, and a pause before. */
    private static final Duration LOOKED_UP = Duration.ofSeconds(15);

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("does not exist (NXDOMAIN)", new Answer.Failure(3)),
                Arguments.of("cannot be looked up (SERVFAIL)", new Answer.Failure(2)),
                Arguments.of("is looked up at a server that says nothing", new Answer.Silence()));
    }

    @ParameterizedTest
    @Covers(F12)
    @MethodSource("failures")
    void doesNotResolve(String how, Answer failure) throws Exception {
        Stage stage = stage();
        Answer right = addresses(stage.site().address());
        NameServer names = untilTheEnd(new NameServer(right));
        FaultAgent agent = named(stage, names).start().awaitReady();

        stage.incident(F12, "the server's name " + how)
                .inject("the agent's only name server does so, and the session ends", () -> {
                    names.says(failure);
                    stage.server().killSessions();
                })
                .shows(agent, LOOKED_UP, DNSFailed)
                .end(() -> names.says(right))
                .recovers(BACK, stage::passes)
                .passed();
    }

    @Test
    @Covers(F13)
    void movesToAnotherAddress() throws Exception {
        Stage stage = stageAtBothAddresses();
        NameServer names = untilTheEnd(new NameServer(addresses(stage.site().address())));
        named(stage, names).start().awaitReady();

        stage.incident(F13, F13.fault())
                .inject(
                        "a name server says another address",
                        () -> names.says(addresses(stage.site().secondAddress())))
                .lasts(Duration.ofSeconds(5))
                .keepsSession(stage.agent())
                .passed();
        stage.incident(F13, "and then its old address dies")
                .inject("the session ends, and nftables drops what is for the old address", () -> dies(stage))
                .recovers(BACK, stage::passes)
                .passed();
    }

    @Test
    @Covers(F13)
    void hasADeadAddressBesideALivingOne() throws Exception {
        Stage stage = stageAtBothAddresses();
        Answer both = addresses(stage.site().address(), stage.site().secondAddress());
        named(stage, untilTheEnd(new NameServer(both))).start().awaitReady();

        stage.incident(F13, "one of the addresses of the server's name dies")
                .inject("the session ends, and nftables drops what is for the address", () -> dies(stage))
                .recovers(BACK, stage::passes)
                .passed();
    }

    @Test
    @Covers(F14)
    void hasAnIpv6AddressThatLeadsNowhere() throws Exception {
        Stage stage = stage();
        Site site = stage.site();
        site.firewall().swallowIpv6();
        NameServer names = untilTheEnd(new NameServer(addresses(site.address6(), site.address())));
        named(stage, names).with("-Djava.net.preferIPv6Addresses=true").start().awaitReady();

        stage.incident(F14, F14.fault())
                .inject(
                        "the session ends; nftables drops TCP over IPv6, which is tried first",
                        () -> stage.server().killSessions())
                .recovers(AS_AFTER_A_RESTART.plusSeconds(1), stage::passes)
                .passed();
    }

    private FaultAgent named(Stage stage, NameServer names) throws IOException {
        return stage.prepared(NAME, stage.server().port()).by(names.usedBy(directory));
    }

    /** The end of the session still arrives: that silence is noticed is another row. */
    private static void dies(Stage stage) {
        Firewall firewall = stage.site().firewall();
        stage.server().killSessions();
        firewall.swallow(stage.site().address(), stage.server().port());
    }

    private static Answer addresses(String... addresses) {
        return new Answer.Addresses(List.of(addresses));
    }
}
