package dev.sshtunnels.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.ProbeType;
import dev.sshtunnels.api.TunnelProbe;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TargetProbeTest {

    @Test
    void whatIsLeftOutIsAsTheSchemaHasIt() {
        assertThat(TargetProbe.of(spec(null, null)))
                .contains(new TargetProbe(ProbeType.TCP, Duration.ofSeconds(30), Duration.ofSeconds(5), 3, "", ""));
    }

    @Test
    void noneIsNoProbe() {
        assertThat(TargetProbe.of(null)).isEmpty();
        assertThat(TargetProbe.of(spec(ProbeType.None, true))).isEmpty();
    }

    @Test
    void aProbeGatesReadinessUnlessItIsToldNotTo() {
        assertThat(TargetProbe.gatesReadiness(spec(ProbeType.TCP, null))).isTrue();
        assertThat(TargetProbe.gatesReadiness(spec(ProbeType.TCP, false))).isFalse();
        assertThat(TargetProbe.gatesReadiness(spec(ProbeType.None, true))).isFalse();
        assertThat(TargetProbe.gatesReadiness(null)).isFalse();
    }

    private static TunnelProbe spec(ProbeType type, Boolean gate) {
        return new TunnelProbe(type, null, null, null, null, null, gate, null);
    }
}
