package dev.sshtunnels.channel;

import static dev.sshtunnels.channel.Message.CHANNEL_OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of channels whose session is gone. */
class LostSessionTest extends ChannelScenario {

    @Test
    void lostSessionEndsEveryChannel() throws Exception {
        Channel channel = open();
        table.lost();
        assertThat(endpoint.heard()).endsWith("lost");
        assertThat(channel.writable()).isZero();
        assertThat(table.open()).isZero();
    }

    @Test
    void channelThatIsOpenedOnALostSessionIsLost() {
        table.lost();
        table.openDirectTcpip("a", 1, "::1", 2, endpoint);
        assertThat(endpoint.heard()).containsExactly("lost");
        assertThat(table.open()).isZero();
    }

    @Test
    void channelThatIsAcceptedAfterItsSessionWasLostIsLost() throws Exception {
        List<Channels.Incoming> waiting = new ArrayList<>();
        table.onForwardedTcpip((_, _, _, _, incoming) -> waiting.add(incoming));
        receivePacket(new PacketBuilder()
                .begin(CHANNEL_OPEN)
                .string("forwarded-tcpip")
                .uint32(PEER_ID)
                .uint32(PEER_WINDOW)
                .uint32(Windows.MAX_PACKET)
                .string("localhost")
                .uint32(8080)
                .string("127.0.0.1")
                .uint32(5555));
        table.lost();
        waiting.getFirst().accept(endpoint);
        assertThat(endpoint.heard()).containsExactly("lost");
    }
}
