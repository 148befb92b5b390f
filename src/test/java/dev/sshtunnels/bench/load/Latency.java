package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.rig.BrokenException;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;

/**
 * Round trips of messages of 64 bytes on one connection: out, back, and only then the next.
 *
 * @param p50 median round trip, in microseconds
 * @param p99 the round trip that 99 of 100 do not exceed, in microseconds
 */
record Latency(double p50, double p99) {

    private static final int MESSAGE_BYTES = 64;
    private static final double NANOSECONDS = 1000;

    /** More round trips than loopback itself takes in a second. */
    private static final int MOST_PER_SECOND = 200_000;

    /**
     * Measures against an echo behind a port of loopback, with a thread that blocks in each read.
     *
     * <p>The first tenth of the time does not count.
     */
    static Latency measure(int port, Duration time) {
        long[] nanos = new long[(int) (time.toMillis() * MOST_PER_SECOND / 1000)];
        try (SocketChannel socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
            exchange(socket, message, time.dividedBy(10), nanos);
            int count = exchange(socket, message, time, nanos);
            return of(Arrays.copyOf(nanos, count));
        } catch (IOException e) {
            throw new BrokenException("no ping-pong through port " + port, e);
        }
    }

    private static int exchange(SocketChannel socket, ByteBuffer message, Duration time, long[] nanos)
            throws IOException {
        long before = System.nanoTime();
        long end = before + time.toNanos();
        int count = 0;
        while (before < end && count < nanos.length) {
            roundTrip(socket, message);
            long after = System.nanoTime();
            nanos[count++] = after - before;
            before = after;
        }
        return count;
    }

    private static void roundTrip(SocketChannel socket, ByteBuffer message) throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            socket.write(message);
        }
        message.clear();
        while (message.hasRemaining()) {
            if (socket.read(message) < 0) {
                throw new EOFException("the connection ended in the middle of a ping-pong");
            }
        }
    }

    /** Of round trips in nanoseconds, at least one. */
    static Latency of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latency(percentile(sorted, 50), percentile(sorted, 99));
    }

    private static double percentile(long[] sorted, int percent) {
        int rank = (int) Math.ceil(sorted.length * percent / 100.0);
        return sorted[rank - 1] / NANOSECONDS;
    }
}
