package dev.sshtunnels.channel;

/**
 * What the peer may still send, what of it waits here, and what has left since the peer was last told (RFC 4254 5.2).
 * The three together are what this channel takes of the budget.
 */
final class ReceiveWindow {

    private final WindowBudget budget;
    private int open;
    private int queued;
    private int consumed;
    /** The peer used most of the window since it was last told: a larger one would serve it better. */
    private boolean usedUp;

    private boolean ended;

    ReceiveWindow(WindowBudget budget) {
        this.budget = budget;
        this.open = budget.takeInitial();
    }

    /** What the peer may send now. */
    int open() {
        return open;
    }

    /** The peer sent so many bytes. */
    void take(int bytes) throws MalformedPacketException {
        if (bytes > open) {
            throw new MalformedPacketException("the peer overran a window by " + (bytes - open) + " bytes");
        }
        open -= bytes;
        queued += bytes;
        usedUp |= open < size() / 2;
    }

    /** So many of the bytes that arrived have left; those that were discarded before count no more. */
    void consumed(int bytes) {
        int left = Math.min(bytes, queued);
        queued -= left;
        if (ended) {
            budget.release(left);
        } else {
            consumed += left;
        }
    }

    /** All bytes that arrived are gone. */
    void discard() {
        consumed(queued);
    }

    /** Whether enough has left that the peer should be told; as OpenSSH's channel_check_window. */
    boolean isAdjustmentDue() {
        return consumed >= Windows.ADJUST_THRESHOLD || consumed > 0 && consumed >= size() / 2;
    }

    /** What to tell. */
    int adjustment() {
        return consumed + change();
    }

    private int change() {
        if (usedUp && queued == 0) {
            return budget.growth(size());
        }
        if (budget.isTight() && size() > WindowBudget.MODEST) {
            return -Math.min(consumed / 2, size() - WindowBudget.MODEST);
        }
        return 0;
    }

    /** The peer was told. */
    void adjusted() {
        int change = change();
        budget.take(change);
        open += consumed + change;
        consumed = 0;
        usedUp = false;
    }

    /** Nothing more can arrive; what waits here counts until it has left. */
    void end() {
        if (!ended) {
            ended = true;
            budget.release(open + consumed);
            open = 0;
            consumed = 0;
        }
    }

    private int size() {
        return open + queued + consumed;
    }
}
