package dev.sshtunnels.forward.connection;

import java.nio.ByteBuffer;

/**
 * Buffers that all connections of a loop share, since only one of them is at work at a time: an idle connection costs
 * no buffer.
 */
public final class SocketBuffers {

    /** One read takes four packets at most, so that a fast client leaves others their turn. */
    static final int READ_SIZE = 128 << 10;

    private static final int GATHER_SIZE = 256 << 10;

    private final ByteBuffer read = ByteBuffer.allocateDirect(READ_SIZE);
    private final ByteBuffer gathered = ByteBuffer.allocateDirect(GATHER_SIZE);
    private TunnelConnection owner;

    /** A buffer for at most {@code limit} bytes, to be emptied before the next one is asked for. */
    ByteBuffer forReading(int limit) {
        return read.clear().limit(Math.min(limit, READ_SIZE));
    }

    /** Gathers bytes for one socket: packets that follow each other go out in one write. */
    void gather(TunnelConnection connection, byte[] data, int offset, int length) {
        if (owner != connection || gathered.remaining() < length) {
            flush();
        }
        owner = connection;
        gathered.put(data, offset, length);
    }

    /** Writes what was gathered for this connection. */
    void flush(TunnelConnection connection) {
        if (owner == connection) {
            flush();
        }
    }

    /** Writes what was gathered; at the end of each turn at the latest. */
    public void flush() {
        if (owner == null) {
            return;
        }
        TunnelConnection connection = owner;
        owner = null;
        try {
            connection.writeToSocket(gathered.flip());
        } finally {
            // What goes wrong with one connection is not to meet the next one here.
            gathered.clear();
        }
    }
}
