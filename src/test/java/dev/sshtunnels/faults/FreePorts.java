package dev.sshtunnels.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of loopback, each handed out once, below those that clients of this machine get. */
final class FreePorts {

    static final FreePorts OF_THIS_RUN = new FreePorts();

    private static final int FIRST = 10_000;
    private static final int AFTER_LAST = 19_000;

    private final Set<Integer> taken = ConcurrentHashMap.newKeySet();

    int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, AFTER_LAST);
            if (taken.add(port) && isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException somebodyElse) {
            return false;
        }
    }
}
