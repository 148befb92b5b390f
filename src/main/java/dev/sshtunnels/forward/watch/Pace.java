package dev.sshtunnels.forward.watch;

/** Does not let something happen again and again: who is held back is asked again when it may. Event loop only. */
final class Pace {

    private final TokenBucket tokens;
    private final LoopTime time;
    private final Runnable again;
    /** Takes the call of {@code again} back; null while nobody is held back. */
    private Runnable waiting;

    /** @param again runs once after one or more refusals, when it may be tried anew */
    Pace(TokenBucket tokens, LoopTime time, Runnable again) {
        this.tokens = tokens;
        this.time = time;
        this.again = again;
    }

    /** Whether it may happen now, which takes a token. */
    boolean admits() {
        long now = time.nanos();
        if (tokens.take(now)) {
            return true;
        }
        if (waiting == null) {
            waiting = time.after(tokens.untilNext(now), this::retry);
        }
        return false;
    }

    private void retry() {
        waiting = null;
        again.run();
    }

    /** What was refused until now is not wanted any more. */
    void forget() {
        if (waiting != null) {
            waiting.run();
            waiting = null;
        }
    }
}
