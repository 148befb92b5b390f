package dev.sshtunnels.faults.transport;

import static dev.sshtunnels.api.Reason.ConnectionReset;
import static dev.sshtunnels.api.Reason.ProtocolError;
import static dev.sshtunnels.api.Reason.ServerDisconnected;
import static dev.sshtunnels.faults.Row.F27;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.faults.Covers;
import dev.sshtunnels.faults.FaultScenario;
import dev.sshtunnels.faults.Stage;
import dev.sshtunnels.faults.inject.ByteFault;
import dev.sshtunnels.faults.inject.FaultProxy;
import dev.sshtunnels.faults.inject.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A bit arrives wrong, and no wrong byte reaches a client")
class CorruptionFaultIT extends FaultScenario {

    /** Behind every handshake. */
    private static final int FIRST = 16_000;

    /** A prime: every part of packets and blocks comes to be hit. */
    private static final int STEP = 7_919;

    private static final int SESSIONS = 12;
    private static final int PERIOD = 251;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @ParameterizedTest
    @Covers(F27)
    @EnumSource
    void oneBitOfEachSession(Way way) throws Exception {
        Stage stage = stageWithSharedServer();
        FaultProxy proxy = stage.proxied("reconnect: {initialDelay: 100ms, maxDelay: 200ms}");
        proxy.onNewConnections(session -> new ByteFault.FlipBit(way, FIRST + (long) session * STEP));
        proxy.reset();

        for (int session = 1; session <= SESSIONS; session++) {
            int before = proxy.accepted();
            await("a session").atMost(PATIENCE).until(stage::passes);
            assertThat(echoUntilItBreaks(stage))
                    .as("bytes that came back right")
                    .isPositive();
            await("the session's end").atMost(PATIENCE).until(() -> proxy.accepted() > before);
        }

        proxy.onNewConnections(_ -> new ByteFault.FlipBit(way, FIRST));
        stage.incident(
                        F27,
                        "a middlebox flips a bit of what goes "
                                + (way == Way.TO_SERVER ? "to the server" : "to the client"))
                .inject("a proxy flips one bit in each session, at an offset that grows", () -> {
                    await("a session").atMost(PATIENCE).until(stage::passes);
                    echoUntilItBreaks(stage);
                })
                .shows(stage.agent(), PATIENCE, ProtocolError, ServerDisconnected, ConnectionReset)
                .end(() -> proxy.onNewConnections(_ -> new ByteFault.None()))
                .recovers(Duration.ofSeconds(3), stage::passes)
                .passed();
    }

    /**
     * Sends a stream whose bytes tell their place, and looks at each one that comes back.
     *
     * @return how many came back
     */
    private static long echoUntilItBreaks(Stage stage) {
        long place = 0;
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), stage.agent().port(Stage.TUNNEL))) {
            client.setSoTimeout((int) PATIENCE.toMillis());
            byte[] chunk = new byte[PERIOD];
            for (int i = 0; i < PERIOD; i++) {
                chunk[i] = (byte) i;
            }
            while (true) {
                client.getOutputStream().write(chunk);
                byte[] back = client.getInputStream().readNBytes(PERIOD);
                assertThat(back).as("from %d on", place).isEqualTo(Arrays.copyOf(chunk, back.length));
                place += back.length;
                if (back.length < PERIOD) {
                    return place;
                }
            }
        } catch (IOException reset) {
            return place;
        }
    }
}
