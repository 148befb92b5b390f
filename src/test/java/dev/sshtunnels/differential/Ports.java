package dev.sshtunnels.differential;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for listeners, each handed out once: below those that the system gives to outgoing connections, which could
 * take one between two contestants. Thread-safe; tests that run at the same time share one.
 */
public final class Ports {

    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 29_999;

    private int last = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);

    /** A port on which nobody listens, on any address. */
    public synchronized int next() {
        do {
            last = last == HIGHEST ? LOWEST : last + 1;
        } while (!isFree(last));
        return last;
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port)) {
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }
}
