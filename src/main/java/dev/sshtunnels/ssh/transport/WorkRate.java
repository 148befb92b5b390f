package dev.sshtunnels.ssh.transport;

/**
 * The rate at which a server works off what is sent to it, in bytes per nanosecond, from spans of time between its
 * answers; pure, times in nanoseconds.
 */
final class WorkRate {

    /** A span is so long at least: answers come in heaps, and within one they would tell any rate. */
    private static final long LEAST_SPAN = 10_000_000;

    /** What a span carries more than those before it, at least, while the rate grows. */
    private static final double GROWTH = 1.25;

    private final RecentExtreme rate = RecentExtreme.largest();
    private long spanBegan;
    private long spanWorked;
    /** Whether data had to wait since the span began: if not, the span tells what there was to send. */
    private boolean held;
    /** Whether nothing was under way for a while since the span began: then it tells of that while, too. */
    private boolean paused = true;

    private boolean growing = true;
    private long lastAnswer;

    /** Something is under way again. */
    void resumed(long now) {
        paused |= now - lastAnswer > LEAST_SPAN;
    }

    /** Data has to wait until more is worked off. */
    void held() {
        held = true;
    }

    /** Whether data had to wait lately. */
    boolean isHeld() {
        return held;
    }

    /**
     * The server has answered.
     *
     * @param worked bytes that it has worked off in all
     * @param roundTrip the least that an answer takes, of which a span has two; 0 when that is not known
     */
    void answered(long worked, double roundTrip, long now) {
        lastAnswer = now;
        long span = now - spanBegan;
        if (span < LEAST_SPAN || span < 2 * roundTrip) {
            return;
        }
        sample((worked - spanWorked) / (double) span, now);
        spanBegan = now;
        spanWorked = worked;
        held = false;
        paused = false;
    }

    private void sample(double measured, long now) {
        boolean whole = held && !paused;
        if (whole) {
            growing &= !rate.isKnown() || measured > GROWTH * rate.value();
        }
        if (whole || rate.isKnown() && measured > rate.value()) {
            rate.sample(measured, now);
        }
    }

    boolean isKnown() {
        return rate.isKnown();
    }

    /** The largest of late; defined when it is known. */
    double value() {
        return rate.value();
    }

    /** Whether the server may well work faster than was seen: until it was given more and did not. */
    boolean isGrowing() {
        return growing;
    }
}
