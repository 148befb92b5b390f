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
 * 14-5), and a floor that keeps the server busy while either process waits for a core.
 */
final class InFlight {

    /** Bytes between two marks, at most. */
    static final int MARK_EVERY = 128 << 10;

    /** May always be under way to a server that is not known to be slow. */
    static final int FLOOR = 384 << 10;

    /** May always be under way: what one channel sends at once. */
    static final int LEAST_FLOOR = 32 << 10;

    /** Work that the floor is to be for a slow server, in nanoseconds: longer than a process waits for a core. */
    private static final double FLOOR_TIME = 50e6;

    /** With no more than that before it, a question's round trip shows the way and not the queue. */
    private static final int ALONE = 64 << 10;

    /** Above 1, so that a way that carries more is found out. */
    private static final double GAIN = 1.25;

    /** The rate is measured over so long at least: answers come in heaps, and within one they would tell any rate. */
    private static final long LEAST_SPAN = 10_000_000;

    /** A server that leaves the first questions open so long answers none: nothing is held back for it. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Deque<Mark> marks = new ArrayDeque<>();
    private final RecentExtreme roundTrip = RecentExtreme.smallest();
    private final RecentExtreme rate = RecentExtreme.largest();
    private long sent;
    private long worked;
    private long spanBegan;
    private long spanWorked;
    /** Whether data had to wait since the span began: if not, the span tells what there was to send. */
    private boolean spanHeld;

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
        marks.add(new Mark(sent, worked, now));
    }

    /** The oldest open question was answered. */
    void answered(long now) {
        Mark mark = marks.poll();
        if (mark == null) {
            return;
        }
        worked = mark.position;
        if (worked >= roundEnd) {
            round++;
            roundEnd = sent;
        }
        if (mark.underWay() <= ALONE) {
            roundTrip.sample(now - mark.nanos, now);
        }
        sampleRate(now);
        probing = !roundTrip.isFresh(now);
    }

    private void sampleRate(long now) {
        long span = now - spanBegan;
        if (span >= Math.max(LEAST_SPAN, 2 * (long) roundTrip.value())) {
            double measured = (worked - spanWorked) / (double) span;
            if (spanHeld || rate.isKnown() && measured > rate.value()) {
                rate.sample(measured, now);
            }
            spanBegan = now;
            spanWorked = worked;
            spanHeld = false;
        }
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
        spanHeld |= full;
        return full;
    }

    private boolean answers() {
        return worked > 0;
    }

    private long limit() {
        if (probing) {
            return Math.min(ALONE, floor());
        }
        return roundTrip.isKnown() && rate.isKnown()
                ? floor() + (long) (GAIN * rate.value() * roundTrip.value())
                : floor();
    }

    private int floor() {
        return rate.isKnown() ? (int) Math.clamp(rate.value() * FLOOR_TIME, LEAST_FLOOR, FLOOR) : FLOOR;
    }

    private int markEvery() {
        return Math.min(MARK_EVERY, floor() / 3);
    }
}
