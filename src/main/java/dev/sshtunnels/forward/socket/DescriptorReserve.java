package dev.sshtunnels.forward.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Descriptors that connections leave to the rest of the process; event loop only.
 *
 * <p>A process at its limit cannot answer a health probe or log in again, and the JDK's HTTP server spins on a client that
 * it cannot accept. So a few are held; once connections have taken all others, those are set free, and no connection is
 * taken until they are held again.
 */
public final class DescriptorReserve {

    private static final int SIZE = 16;

    private final Deque<SocketChannel> held = new ArrayDeque<>();

    /** A socket for a connection. */
    SocketChannel open() throws IOException {
        requireRoom();
        try {
            return SocketChannel.open();
        } catch (IOException e) {
            setFree();
            throw e;
        }
    }

    /**
     * Asks before a descriptor is taken.
     *
     * @throws IOException when the reserve cannot be held beside it
     */
    public void requireRoom() throws IOException {
        try {
            while (held.size() < SIZE) {
                held.add(SocketChannel.open());
            }
        } catch (IOException e) {
            setFree();
            throw e;
        }
    }

    /** The limit was reached. */
    public void setFree() {
        held.forEach(SocketEnd::close);
        held.clear();
    }
}
