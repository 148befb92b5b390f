package dev.sshtunnels.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sshtunnels.bench.rig.BrokenException;
import dev.sshtunnels.bench.rig.Poll;
import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyTest {

    @Test
    void percentilesAreOfAllRoundTripsInMicroseconds() {
        long[] descending =
                LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1000).toArray();

        assertThat(Latency.of(descending)).isEqualTo(new Latency(100, 198));
        assertThat(Latency.of(new long[] {2500})).isEqualTo(new Latency(2.5, 2.5));
    }

    @Test
    void anAnswerThatTakesLongerShows() throws IOException {
        try (TcpServer slow = TcpServer.on(client -> {
            byte[] message = new byte[64];
            while (client.getInputStream().readNBytes(message, 0, 64) == 64) {
                Poll.pause(Duration.ofMillis(5));
                client.getOutputStream().write(message);
            }
        })) {
            assertThat(Latency.measure(slow.port(), Duration.ofMillis(200)).p50())
                    .isGreaterThanOrEqualTo(5000);
        }
    }

    @Test
    void aConnectionThatEndsIsBroken() throws IOException {
        try (TcpServer closing = TcpServer.on(client -> client.getInputStream().read())) {
            assertThatExceptionOfType(BrokenException.class)
                    .isThrownBy(() -> Latency.measure(closing.port(), Duration.ofMillis(200)));
        }
    }
}
