package dev.sshtunnels.channel;

/**
 * What the peer may make a session hold, over all its channels, in bytes: a reader that stops must not cost the process
 * its memory, however many do so at the same time.
 *
 * <p>A window that was granted cannot be taken back (RFC 4254 5.2), so all that is granted counts, used or not. The first
 * channels get full windows at once; the more is granted, the smaller a window begins. It grows when its peer used it up
 * while the reader kept up. Every channel gets {@link #LEAST}, so that it moves whatever the others do.
 */
final class WindowBudget {

    static final int TOTAL = 32 << 20;

    /** A window large enough for all but bulk transfer over long distances. */
    static final int MODEST = 64 << 10;

    private static final int SMALL = 16 << 10;
    static final int LEAST = 4 << 10;

    private long granted;

    /** Takes a window for a new channel. */
    int takeInitial() {
        int window = initial();
        granted += window;
        return window;
    }

    private int initial() {
        if (granted < TOTAL / 4) {
            return Windows.MAX_WINDOW;
        }
        if (granted < TOTAL / 2) {
            return MODEST;
        }
        return isTight() ? LEAST : SMALL;
    }

    /** By how much a window may grow: to twice its size, as long as enough is left for others. */
    int growth(int window) {
        long left = Math.max(0, TOTAL - granted);
        return (int) Math.min(Math.min(window, Windows.MAX_WINDOW - window), left / 4);
    }

    /** Whether windows that are not needed are to become smaller. */
    boolean isTight() {
        return granted >= TOTAL / 4 * 3;
    }

    /** A window grew, or shrank when negative. */
    void take(int bytes) {
        granted += bytes;
    }

    /** Bytes of a window that is not coming back. */
    void release(int bytes) {
        granted -= bytes;
    }

    /** Everything that may be held now or arrive unasked. */
    long granted() {
        return granted;
    }
}
