package dev.sshtunnels.forward.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.forward.contract.Exposure;
import dev.sshtunnels.tunnel.HostPort;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that a test cannot have at hand: behind NAT, without 127.0.0.0/8, half forbidden. */
class ExposureVerdictTest {

    private static final InetAddress SERVER = InetAddress.ofLiteral("203.0.113.7");

    @ParameterizedTest(name = "asked for {0}, found {1}: {2}, bound to {3}")
    @CsvSource({
        // on a server whose address is its own
        "'', 203.0.113.7=HERE 127.0.0.1=HERE ::1=HERE 127.0.0.2=HERE, Verified, *",
        "'', 203.0.113.7=HERE 127.0.0.1=HERE ::1=REFUSED 127.0.0.2=HERE, Verified, 0.0.0.0",
        "'', 203.0.113.7=REFUSED 127.0.0.1=HERE ::1=HERE 127.0.0.2=REFUSED, LoopbackOnly, localhost",
        "203.0.113.7, 203.0.113.7=HERE 127.0.0.1=REFUSED ::1=REFUSED 127.0.0.2=REFUSED, Verified, 203.0.113.7",
        // behind NAT
        "'', 203.0.113.7=NOWHERE 127.0.0.1=HERE ::1=HERE 127.0.0.2=HERE, NotVerified, *",
        "'', 203.0.113.7=ELSEWHERE 127.0.0.1=HERE ::1=HERE 127.0.0.2=HERE, NotVerified, *",
        "'', 203.0.113.7=REFUSED 127.0.0.1=HERE ::1=HERE 127.0.0.2=HERE, NotVerified, *",
        "'', 203.0.113.7=NOWHERE 127.0.0.1=HERE ::1=HERE 127.0.0.2=REFUSED, LoopbackOnly, localhost",
        // on a system that has 127.0.0.1 only
        "'', 203.0.113.7=REFUSED 127.0.0.1=HERE ::1=HERE 127.0.0.2=NOWHERE, NotVerified,",
        "'', 203.0.113.7=HERE 127.0.0.1=HERE ::1=HERE 127.0.0.2=NOWHERE, Verified, *",
        // with PermitOpen
        "'', 203.0.113.7=PROHIBITED 127.0.0.1=PROHIBITED ::1=PROHIBITED 127.0.0.2=PROHIBITED, ProbeNotPermitted,",
        "'', 203.0.113.7=PROHIBITED 127.0.0.1=HERE ::1=PROHIBITED 127.0.0.2=PROHIBITED, ProbeNotPermitted,",
        "'', 203.0.113.7=PROHIBITED 127.0.0.1=HERE ::1=HERE 127.0.0.2=HERE, Verified, *",
        "localhost, 203.0.113.7=PROHIBITED 127.0.0.1=HERE ::1=PROHIBITED 127.0.0.2=PROHIBITED, Verified, 127.0.0.1",
        // asked for loopback
        "localhost, 203.0.113.7=REFUSED 127.0.0.1=HERE ::1=HERE 127.0.0.2=REFUSED, Verified, localhost",
        "127.0.0.5, 203.0.113.7=REFUSED 127.0.0.5=REFUSED 127.0.0.1=HERE ::1=HERE 127.0.0.2=REFUSED, NotReachable, localhost",
        "127.0.0.1, 203.0.113.7=HERE 127.0.0.1=HERE ::1=HERE 127.0.0.2=HERE, Verified, *",
        // a server that says yes and does not listen, or not for this agent
        "'', 203.0.113.7=REFUSED 127.0.0.1=REFUSED ::1=REFUSED 127.0.0.2=REFUSED, NotReachable,",
        "'', 203.0.113.7=NOWHERE 127.0.0.1=ELSEWHERE ::1=REFUSED 127.0.0.2=REFUSED, NotVerified,"
    })
    void whatWasFoundDecides(String asked, String found, String reason, String bound) {
        Exposure exposure = verdict(asked, found);
        assertThat(exposure.finding().reason().name()).as("%s", exposure).isEqualTo(reason);
        assertThat(exposure.boundAddress()).isEqualTo(bound);
        assertThat(exposure.finding().message()).contains("8080").doesNotContain("  ", "null");
    }

    private static Exposure verdict(String asked, String found) {
        Map<String, Reach> reach = new LinkedHashMap<>();
        Arrays.stream(found.split(" "))
                .map(each -> each.split("="))
                .forEach(each -> reach.put(each[0], Reach.valueOf(each[1])));
        VantagePoints points = new VantagePoints(new HostPort(asked, 8080), SERVER);
        assertThat(reach).containsOnlyKeys(points.all());
        return new ExposureVerdict(points, 8080, reach, false).exposure();
    }
}
