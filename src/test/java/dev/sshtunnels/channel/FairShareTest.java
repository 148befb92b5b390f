package dev.sshtunnels.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What a channel may still send while bulk data is held back. */
class FairShareTest extends ChannelScenario {

    @Test
    void smallMessagesPassBulkDataThatIsHeldBack() throws Exception {
        Channel channel = open();
        sink.holdBack();
        assertThat(channel.writable()).isEqualTo(FairShare.BYTES);
        channel.write(ByteBuffer.allocate(FairShare.BYTES));

        assertThat(channel.writable()).isZero();
        assertThat(table.waiting()).isTrue();

        sink.nextRound();
        assertThat(channel.writable()).isEqualTo(FairShare.BYTES);
    }

    @Test
    void bulkDataCountsAgainstTheShare() throws Exception {
        Channel channel = open();
        channel.write(ByteBuffer.allocate(Windows.MAX_PACKET));
        sink.holdBack();

        assertThat(channel.writable()).isZero();
    }
}
