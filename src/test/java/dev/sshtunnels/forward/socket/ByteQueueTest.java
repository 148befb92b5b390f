package dev.sshtunnels.forward.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ByteQueueTest {

    private final ByteQueue queue = new ByteQueue();
    private final Random random = new Random(7);
    private final ByteArrayOutputStream expected = new ByteArrayOutputStream();
    private final SlowChannel channel = new SlowChannel();

    @AfterEach
    void clear() {
        queue.clear();
    }

    @Test
    void bytesLeaveInTheOrderTheyCame() throws Exception {
        for (int i = 0; i < 500; i++) {
            add(1 + random.nextInt(i % 10 == 0 ? 200_000 : 50));
            channel.room = random.nextInt(100_000);
            assertThat(queue.writeTo(channel)).isLessThanOrEqualTo(100_000);
        }
        channel.room = Integer.MAX_VALUE;
        queue.writeTo(channel);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(channel.taken.toByteArray()).isEqualTo(expected.toByteArray());
    }

    @Test
    void singleBytesAreKeptAsTheyCame() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            add(1);
        }
        channel.room = Integer.MAX_VALUE;
        assertThat(queue.writeTo(channel)).isEqualTo(20_000);
        assertThat(channel.taken.toByteArray()).isEqualTo(expected.toByteArray());
        assertThat(channel.writes).as("they share chunks").isLessThan(10);
    }

    @Test
    void clearedQueueIsEmpty() {
        add(100_000);
        queue.clear();
        assertThat(queue.isEmpty()).isTrue();
    }

    private void add(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        expected.writeBytes(bytes);
        ByteBuffer data = ByteBuffer.wrap(bytes);
        queue.add(data);
        assertThat(data.hasRemaining()).isFalse();
    }

    /** Takes as many bytes as it has room for. */
    private static final class SlowChannel implements WritableByteChannel {

        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private int room;
        private int writes;

        @Override
        public int write(ByteBuffer data) throws IOException {
            byte[] bytes = new byte[Math.min(room, data.remaining())];
            data.get(bytes);
            taken.write(bytes);
            room -= bytes.length;
            writes++;
            return bytes.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
