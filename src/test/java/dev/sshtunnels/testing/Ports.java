package dev.sshtunnels.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for listeners, each handed out once: below those that the system gives to outgoing connections, which could take
 * one before its listener does, and in a part that other test runs on the machine rarely have too. Thread-safe.
 */
public final class Ports {

    /** The only one: two would hand out the same port to two tests that run at the same time. */
    public static final Ports OF_THIS_RUN = new Ports();

    private static final int LOWEST = 10_000;
    private static final int PARTS = 6;

    /** More than a run needs, which is about two thousand: one that came round again could still be somebody's. */
    private static final int PART = 3_300;

    private final int first = LOWEST + (int) (ProcessHandle.current().pid() % PARTS) * PART;
    private int last = first + ThreadLocalRandom.current().nextInt(PART);

    private Ports() {}

    /** A port on which nobody listens, on any address. */
    public synchronized int next() {
        // Not by listening there: a process that is started meanwhile has the listener, too, for a moment.
        Set<Integer> listening = listening();
        do {
            last = first + (last + 1 - first) % PART;
        } while (listening.contains(last));
        return last;
    }

    private static Set<Integer> listening() {
        try {
            return TcpSockets.listening();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
