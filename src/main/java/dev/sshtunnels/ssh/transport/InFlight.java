package dev.sshtunnels.ssh.transport;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much may be under way to the server at once; pure, times in nanoseconds.
 *
 * <p>TCP alone lets megabytes pile up in the buffers of both kernels when we encrypt faster than the server decrypts or
 * the network carries, and then every small message queues behind them. So marks are put between the packets: questions
 * that the server answers when it has worked off everything before them. They tell the round-trip time and the rate;
 * what is under way is held to little more than their product, much as BBR holds TCP's (Cardwell et al., ACM Queue
 * 14-5), and a floor that keeps the server busy while either process waits for a core. Until the rate is known, little
 * is under way at first, and more with all that is answered, as TCP begins (RFC 5681 3.1).
 */
final class InFlight {

    /** Bytes between two marks, at most. */
    static final int MARK_EVERY = 128 << 10;

    /** May always be under way to a server that is not known to be slow. */
    static final int FLOOR = 384 << 10;

    /** May always be under way: what one channel sends at once. */
    static final int LEAST_FLOOR = 32 << 10;

    /** May be under way to a server that is not known at all. */
    static final int START = 64 << 10;

    /** Work that the floor is to be for a slow server, in nanoseconds: longer than a process waits for a core. */
    private static final double FLOOR_TIME = 50e6;

    /** With no more than that before it, a question's round trip shows the way and not the queue. */
    private static final int ALONE = 64 << 10;

    /** Above 1, so that a way that carries more is found out. */
    private static final double GAIN = 1.25;

    /** The same at the start, when with each round trip the rate can double. */
    private static final double START_GAIN = 2.5;

    /** A server that leaves the first questions open so long answers none: nothing is held back for it. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Deque<Mark> marks = new ArrayDeque<>();
    private final RecentExtreme roundTrip = RecentExtreme.smallest();
    private final WorkRate rate = new WorkRate();
    private long sent;
    private long worked;
    /** The limit until the rate grows no more. */
    private long start = START;

    private long lastMark;
    private long round;
    private long roundEnd;
    /** The round-trip time is too old to go by: little is sent until a question came through alone. */
    private boolean probing;

    /**
     * A question on its way.
     *
     * @param position bytes sent before it
     * @param worked bytes known to be worked off when it was sent
     */
    private record Mark(long position, long worked, long nanos) {

        long underWay() {
            return position - worked;
        }
    }

    /** A packet was handed to the socket. */
    void sent(int bytes) {
        sent += bytes;
    }

    /** Whether a question should follow. */
    boolean isMarkDue(long now) {
        return sent - lastMark >= markEvery() || marks.isEmpty() && sent > lastMark && !roundTrip.isFresh(now);
    }

    /** A question was sent behind everything so far. */
    void marked(long now) {
        lastMark = sent;
        if (marks.isEmpty()) {
            rate.resumed(now);
        }
        marks.add(new Mark(sent, worked, now));
    }

    /** The oldest open question was answered. */
    void answered(long now) {
        Mark mark = marks.poll();
        if (mark == null) {
            return;
        }
        if (rate.isGrowing() && rate.isHeld()) {
            start += mark.position - worked;
        }
        worked = mark.position;
        if (worked >= roundEnd) {
            round++;
            roundEnd = sent;
        }
        if (mark.underWay() <= ALONE) {
            roundTrip.sample(now - mark.nanos, now);
        }
        rate.answered(worked, roundTrip.isKnown() ? roundTrip.value() : 0, now);
        probing = !roundTrip.isFresh(now);
    }

    /** Grows by one with each round trip of data. */
    long round() {
        return round;
    }

    /** Whether data should wait until a question is answered. */
    boolean isFull(long now) {
        Mark oldest = marks.peek();
        boolean full =
                oldest != null && sent - worked >= limit() && (answers() || now - oldest.nanos < PATIENCE.toNanos());
        if (full) {
            rate.held();
        }
        return full;
    }

    private boolean answers() {
        return worked > 0;
    }

    private long limit() {
        if (probing) {
            return Math.min(ALONE, floor());
        }
        return rate.isGrowing() ? Math.min(start, FLOOR + product(START_GAIN)) : floor() + product(GAIN);
    }

    /** Of rate and round-trip time, in bytes. */
    private long product(double gain) {
        return roundTrip.isKnown() && rate.isKnown() ? (long) (gain * rate.value() * roundTrip.value()) : 0;
    }

    private int floor() {
        return rate.isKnown() ? (int) Math.clamp(rate.value() * FLOOR_TIME, LEAST_FLOOR, FLOOR) : FLOOR;
    }

    private int markEvery() {
        return (int) Math.min(MARK_EVERY, (rate.isGrowing() ? start : floor()) / 3);
    }
}
