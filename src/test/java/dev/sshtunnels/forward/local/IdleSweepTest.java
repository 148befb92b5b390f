package dev.sshtunnels.forward.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.tunnel.AccessRules;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdleSweepTest {

    @Test
    void timeoutThatIsTakenAwayBetweenTwoLooksEndsNobody() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (EventLoop loop = new EventLoop("test-loop");
                SocketChannel socket = SocketChannel.open()) {
            AdmittedClient client = new AdmittedClient(
                    socket, new InetSocketAddress("127.0.0.1", 1), new AdmissionGate(loop, AccessRules.OPEN));
            IdleSweep sweep = new IdleSweep(
                    loop, List.of(client), () -> asked.incrementAndGet() == 1 ? Duration.ofMillis(80) : Duration.ZERO);
            loop.execute(sweep::start);

            await().until(() -> asked.get() >= 2);
            // What the sweep did in that turn is done when a task of a later one has run.
            AtomicInteger turns = new AtomicInteger();
            loop.execute(turns::incrementAndGet);
            await().until(() -> turns.get() == 1);
            assertThat(socket.isOpen()).isTrue();
        }
    }
}
