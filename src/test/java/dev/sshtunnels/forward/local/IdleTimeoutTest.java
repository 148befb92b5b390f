package dev.sshtunnels.forward.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.forward.Forwarding;
import dev.sshtunnels.forward.contract.ConnectionEnd;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a client that was let in may stay without a word. */
class IdleTimeoutTest extends AdmissionScenario {

    @Test
    void idleConnectionIsResetAndABusyOneIsNot() throws Exception {
        forwarding.rules(rules(List.of(), null, null, "1s"));
        int port = forwarding.local(echo.port()).port();
        try (Socket idle = from("127.0.0.1", port);
                Socket busy = from("127.0.0.1", port)) {
            roundTrip(idle);
            await().pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> {
                        roundTrip(busy);
                        return forwarding.openChannels() == 1;
                    });

            assertThat(endsWithReset(idle)).isTrue();
            roundTrip(busy);
        }
        awaitNoChannels();
    }

    @Test
    void idleTimeoutThatIsSetLaterCountsForOpenConnectionsToo() throws Exception {
        Forwarding.Opened forward = forwarding.local(echo.port());
        try (Socket client = from("127.0.0.1", forward.port())) {
            roundTrip(client);

            forwarding.rules(rules(List.of(), null, null, "1s"));

            assertThat(endsWithReset(client)).isTrue();
        }
        assertThat(forward.end()).isEqualTo(ConnectionEnd.Idle);
        awaitNoChannels();
    }
}
