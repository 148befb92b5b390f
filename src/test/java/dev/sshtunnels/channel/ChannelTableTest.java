package dev.sshtunnels.channel;

import static dev.sshtunnels.channel.Message.CHANNEL_CLOSE;
import static dev.sshtunnels.channel.Message.CHANNEL_DATA;
import static dev.sshtunnels.channel.Message.CHANNEL_EOF;
import static dev.sshtunnels.channel.Message.CHANNEL_FAILURE;
import static dev.sshtunnels.channel.Message.CHANNEL_OPEN;
import static dev.sshtunnels.channel.Message.CHANNEL_OPEN_CONFIRMATION;
import static dev.sshtunnels.channel.Message.CHANNEL_OPEN_FAILURE;
import static dev.sshtunnels.channel.Message.CHANNEL_REQUEST;
import static dev.sshtunnels.channel.Message.CHANNEL_WINDOW_ADJUST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelTableTest extends ChannelScenario {

    @Test
    void openNamesTargetAndOriginator() throws Exception {
        table.openDirectTcpip("db.internal", 5432, "10.1.2.3", 4711, endpoint);
        PacketView packet = sink.last();
        assertThat(packet.string()).isEqualTo("direct-tcpip");
        assertThat(packet.uint32()).isZero();
        assertThat(packet.uint32()).isEqualTo(Windows.MAX_WINDOW);
        assertThat(packet.uint32()).isEqualTo(Windows.MAX_PACKET);
        assertThat(packet.string()).isEqualTo("db.internal");
        assertThat(packet.uint32()).isEqualTo(5432);
        assertThat(packet.string()).isEqualTo("10.1.2.3");
        assertThat(packet.uint32()).isEqualTo(4711);
    }

    @Test
    void dataIsCutIntoPacketsAndStopsAtTheWindow() throws Exception {
        Channel channel = open();
        ByteBuffer data = ByteBuffer.allocate(PEER_WINDOW + 5);
        channel.write(data);
        assertThat(data.remaining()).isEqualTo(5);
        assertThat(sink.count(CHANNEL_DATA)).isEqualTo(4);
        assertThat(channel.writable()).isZero();
        receive(CHANNEL_WINDOW_ADJUST, 0, 10);
        assertThat(endpoint.heard()).endsWith("writable");
        assertThat(channel.writable()).isEqualTo(10);
    }

    @Test
    void windowGrowsOnlyByWhatWasConsumed() throws Exception {
        Channel channel = open();
        receiveData(Windows.ADJUST_THRESHOLD);
        assertThat(sink.count(CHANNEL_WINDOW_ADJUST)).isZero();
        channel.consumed(Windows.ADJUST_THRESHOLD - 1);
        assertThat(sink.count(CHANNEL_WINDOW_ADJUST)).isZero();
        channel.consumed(1);
        PacketView adjust = sink.last();
        assertThat(adjust.uint32()).isEqualTo(PEER_ID);
        assertThat(adjust.uint32()).isEqualTo(Windows.ADJUST_THRESHOLD);
    }

    @Test
    void peerThatOverrunsTheWindowEndsTheSession() throws Exception {
        open();
        byte[] packet = new byte[Windows.MAX_PACKET];
        for (int i = 0; i < Windows.MAX_WINDOW / packet.length; i++) {
            receive(CHANNEL_DATA, 0, packet);
        }
        assertThatThrownBy(() -> receive(CHANNEL_DATA, 0, new byte[1]))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessageContaining("overran a window");
    }

    @Test
    void eofEndsOneDirectionOnly() throws Exception {
        Channel channel = open();
        channel.sendEof();
        receive(CHANNEL_DATA, 0, new byte[3]);
        receive(CHANNEL_EOF, 0);
        assertThat(endpoint.heard()).containsExactly("opened", "received 3", "eof");
        assertThat(sink.messages()).containsExactly(CHANNEL_OPEN, CHANNEL_EOF);
    }

    @Test
    void numberIsFreeAgainWhenBothSidesHaveClosed() throws Exception {
        Channel channel = open();
        channel.close();
        assertThat(table.open()).isEqualTo(1);
        receive(CHANNEL_CLOSE, 0);
        assertThat(table.open()).isZero();
        table.openDirectTcpip("b", 2, "::1", 3, endpoint);
        PacketView again = sink.last();
        again.string();
        assertThat(again.uint32()).isZero();
    }

    @Test
    void closeOfThePeerIsAnswered() throws Exception {
        open();
        receive(CHANNEL_CLOSE, 0);
        assertThat(endpoint.heard()).endsWith("closed");
        assertThat(sink.messages()).endsWith(CHANNEL_CLOSE);
        assertThat(table.open()).isZero();
    }

    @Test
    void refusalTellsReasonAndWords() throws Exception {
        table.openDirectTcpip("a", 1, "::1", 2, endpoint);
        receivePacket(new PacketBuilder()
                .begin(CHANNEL_OPEN_FAILURE)
                .uint32(0)
                .uint32(OpenFailure.CONNECT_FAILED)
                .string("Connection refused")
                .string(""));
        assertThat(endpoint.heard()).containsExactly("openFailed 2 Connection refused");
        assertThat(table.open()).isZero();
    }

    @Test
    void whatIsDueDuringAKeyExchangeIsSentAfterIt() throws Exception {
        Channel channel = open();
        receiveData(Windows.ADJUST_THRESHOLD);
        sink.exchangeKeys(true);
        ByteBuffer data = ByteBuffer.allocate(10);
        channel.write(data);
        assertThat(data.remaining()).isEqualTo(10);
        channel.consumed(Windows.ADJUST_THRESHOLD);
        channel.sendEof();
        assertThat(sink.messages()).containsExactly(CHANNEL_OPEN);
        assertThat(table.waiting()).isTrue();
        sink.exchangeKeys(false);
        table.sendable();
        assertThat(sink.messages()).containsExactly(CHANNEL_OPEN, CHANNEL_WINDOW_ADJUST, CHANNEL_EOF);
        assertThat(table.waiting()).isFalse();
    }

    @Test
    void parkedWriterIsWokenAfterAKeyExchange() throws Exception {
        Channel channel = open();
        sink.exchangeKeys(true);
        assertThat(channel.writable()).isZero();
        sink.exchangeKeys(false);
        table.sendable();
        assertThat(endpoint.heard()).endsWith("writable");
    }

    @Test
    void channelClosedWhileItIsOpenedIsClosedOnConfirmation() throws Exception {
        Channel channel = table.openDirectTcpip("a", 1, "::1", 2, endpoint);
        channel.close();
        confirm();
        assertThat(endpoint.heard()).isEmpty();
        assertThat(sink.messages()).containsExactly(CHANNEL_OPEN, CHANNEL_CLOSE);
    }

    @Test
    void serverMayOpenNothingButForwardedTcpip() throws Exception {
        for (String type : List.of("session", "x11", "auth-agent@openssh.com", "direct-tcpip")) {
            receivePacket(new PacketBuilder()
                    .begin(CHANNEL_OPEN)
                    .string(type)
                    .uint32(PEER_ID)
                    .uint32(PEER_WINDOW)
                    .uint32(Windows.MAX_PACKET));
            PacketView refusal = sink.last();
            assertThat(refusal.uint32()).isEqualTo(PEER_ID);
            assertThat(refusal.uint32()).isEqualTo(OpenFailure.ADMINISTRATIVELY_PROHIBITED);
        }
        assertThat(table.open()).isZero();
    }

    @Test
    void forwardedTcpipIsConfirmedWhenAccepted() throws Exception {
        table.onForwardedTcpip((host, port, _, _, incoming) -> {
            assertThat(host + ":" + port).isEqualTo("localhost:8080");
            incoming.accept(endpoint);
        });
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
        assertThat(sink.messages()).containsExactly(CHANNEL_OPEN_CONFIRMATION);
        assertThat(endpoint.heard()).containsExactly("opened");
    }

    @Test
    void channelRequestsAreDeclined() throws Exception {
        open();
        receiveKeepAlive();
        assertThat(sink.messages()).endsWith(CHANNEL_FAILURE);
    }

    /** The number may be another channel's by then. */
    @Test
    void nothingIsSaidOfAChannelBehindItsClose() throws Exception {
        Channel channel = open();
        sink.exchangeKeys(true);
        channel.close();
        receiveKeepAlive();
        sink.exchangeKeys(false);
        table.sendable();
        assertThat(sink.messages()).containsExactly(CHANNEL_OPEN, CHANNEL_CLOSE);
        assertThat(table.waiting()).isFalse();
    }

    private void receiveKeepAlive() throws Exception {
        receivePacket(new PacketBuilder()
                .begin(CHANNEL_REQUEST)
                .uint32(0)
                .string("keepalive@openssh.com")
                // want-reply, the first byte of what follows
                .uint32(0x0100_0000));
    }

    @Test
    void messagesForUnknownChannelsEndTheSession() {
        assertThatThrownBy(() -> receive(CHANNEL_EOF, 5)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void stringLongerThanItsPacketEndsTheSession() throws Exception {
        open();
        assertThatThrownBy(() -> receivePacket(
                        new PacketBuilder().begin(CHANNEL_DATA).uint32(0).uint32(0xffff_ffffL)))
                .isInstanceOf(MalformedPacketException.class);
    }
}
