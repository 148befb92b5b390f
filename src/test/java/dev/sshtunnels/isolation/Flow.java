package dev.sshtunnels.isolation;

import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** Streams without end whose bytes tell their place, and how much of them was taken in all. */
final class Flow {

    /** A prime, so that no length of a packet or buffer hides a gap. */
    private static final int PERIOD = 251;

    private static final byte[] PATTERN = pattern();
    private static final Duration STALL = Duration.ofMillis(500);

    private final LongAdder taken = new LongAdder();

    private static byte[] pattern() {
        byte[] bytes = new byte[PERIOD * 256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % PERIOD);
        }
        return bytes;
    }

    /** Writes until the socket fails. */
    void into(OutputStream out) {
        try {
            while (true) {
                out.write(PATTERN);
                taken.add(PATTERN.length);
            }
        } catch (IOException _) {
            // Whoever reads has had enough.
        }
    }

    /** Waits until all streams stand still, every buffer on the way being full. */
    void awaitStall(Duration atMost) {
        long[] last = {-1};
        await("streams stand still").atMost(atMost).pollInterval(STALL).until(() -> {
            long now = taken.sum();
            boolean same = now == last[0];
            last[0] = now;
            return same;
        });
    }

    /** Reads on from a place of the stream; a byte that is missing or wrong fails. */
    static void check(InputStream in, long from, long count) throws IOException {
        byte[] buffer = new byte[PATTERN.length];
        long place = from;
        long end = from + count;
        while (place < end) {
            int start = (int) (place % PERIOD);
            int bytes = in.read(buffer, 0, (int) Math.min(buffer.length - start, end - place));
            if (bytes < 0) {
                throw new EOFException("the stream ended at " + place);
            }
            if (Arrays.mismatch(buffer, 0, bytes, PATTERN, start, start + bytes) >= 0) {
                throw new IOException("a wrong byte between " + place + " and " + (place + bytes));
            }
            place += bytes;
        }
    }
}
