package dev.sshtunnels.ssh.transport;

import java.util.ArrayDeque;
import java.util.Deque;

/** A sender that always has data, a way, and a server that works packets off one after the other, in simulated time. */
final class SimulatedPath {

    private static final int PACKET = 32 << 10;
    private static final int CHANNEL_OPEN = 100;

    private final InFlight inFlight = new InFlight();
    private final Deque<Long> answers = new ArrayDeque<>();
    private final double bytesPerNano;
    private long oneWayNanos;
    private long now;
    private long serverFreeAt;
    private long workedOff;
    private long longestQueueNanos;

    /** A server that works off so many bytes in a nanosecond, at the end of a way of so long. */
    SimulatedPath(double bytesPerNano, long oneWayNanos) {
        this.bytesPerNano = bytesPerNano;
        this.oneWayNanos = oneWayNanos;
        send(CHANNEL_OPEN);
    }

    void becomesAsLongAs(long newOneWayNanos) {
        oneWayNanos = newOneWayNanos;
    }

    /** Runs and returns the rate at which the server worked, in its capacity. */
    double utilizationDuring(long nanos) {
        long end = now + nanos;
        long before = workedOff;
        longestQueueNanos = 0;
        while (now < end) {
            if (!answers.isEmpty() && answers.peek() <= now) {
                inFlight.answered(answers.poll());
            } else if (inFlight.isFull(now)) {
                now = answers.isEmpty() ? now + InFlight.PATIENCE.toNanos() : Math.max(now, answers.peek());
            } else {
                send(PACKET);
            }
        }
        return (workedOff - before) / (bytesPerNano * nanos);
    }

    /** How long a packet had to wait at the server behind others, at most, during the last run. */
    long longestQueueNanos() {
        return longestQueueNanos;
    }

    private void send(int bytes) {
        long arrival = now + oneWayNanos;
        longestQueueNanos = Math.max(longestQueueNanos, serverFreeAt - arrival);
        serverFreeAt = Math.max(arrival, serverFreeAt) + (long) (bytes / bytesPerNano);
        workedOff += bytes;
        inFlight.sent(bytes);
        if (inFlight.isMarkDue(now)) {
            inFlight.marked(now);
            answers.add(serverFreeAt + oneWayNanos);
        }
        // A sender is faster than the server, but not infinitely so.
        now += (long) (bytes / bytesPerNano / 4);
    }
}
