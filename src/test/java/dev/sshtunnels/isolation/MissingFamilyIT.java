package dev.sshtunnels.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where there is no IPv6")
class MissingFamilyIT extends IsolationScenario {

    /** Less than the time that a target has for its answer. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @Test
    void aTargetWithAnIpv6AddressIsUnreachableAtOnce() throws Exception {
        TunnelAgent agent = agent().remote("six", "'::1'", echo.port())
                .with("-Djava.net.preferIPv4Stack=true")
                .start();
        long begin = System.nanoTime();

        assertThat(connect(agent.port("six")).getInputStream().read())
                .as("refused")
                .isEqualTo(-1);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_ONCE);
        assertThat(agent.process().get("/status").body())
                .contains("TargetUnreachable", "Network is unreachable: this machine has no IPv6");
    }
}
