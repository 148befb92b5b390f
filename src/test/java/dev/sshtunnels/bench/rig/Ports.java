package dev.sshtunnels.bench.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Hands out ports of loopback for programs that cannot choose one themselves.
 *
 * <p>They are below those that the kernel gives to outgoing connections, of which a benchmark leaves thousands behind.
 */
final class Ports {

    private static final int FIRST = 20_000;
    private static final int LAST = 30_000;

    private int next = FIRST;

    /** One that nobody listens on, never given before. */
    synchronized int take() {
        while (next <= LAST) {
            int port = next++;
            if (isFree(port)) {
                return port;
            }
        }
        throw new BrokenException("no free port between " + FIRST + " and " + LAST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }
}
