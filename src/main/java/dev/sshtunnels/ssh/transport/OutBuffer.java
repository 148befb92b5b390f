package dev.sshtunnels.ssh.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Sealed packets on their way to the socket, in order. Not thread-safe: guarded by the session's encode lock.
 *
 * <p>It grows without bound only as far as its users let it: data is not added while the socket is full.
 */
final class OutBuffer {

    private static final int INITIAL = 512 << 10;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(INITIAL);
    private int start;
    private int end;

    void append(byte[] bytes, int offset, int length) {
        makeRoom(length);
        buffer.put(end, bytes, offset, length);
        end += length;
    }

    int pending() {
        return end - start;
    }

    /** Writes as much as the socket takes; returns whether nothing is left. */
    boolean flushTo(WritableByteChannel channel) throws IOException {
        if (start == end) {
            return true;
        }
        try {
            start += channel.write(buffer.limit(end).position(start));
        } finally {
            buffer.clear();
        }
        if (start == end) {
            start = 0;
            end = 0;
            return true;
        }
        return false;
    }

    private void makeRoom(int length) {
        if (buffer.capacity() - end >= length) {
            return;
        }
        ByteBuffer pending = buffer.limit(end).position(start);
        int left = pending.remaining();
        if (buffer.capacity() - left >= length) {
            pending.compact();
        } else {
            buffer = ByteBuffer.allocateDirect(Math.max(2 * buffer.capacity(), left + length))
                    .put(pending);
        }
        buffer.clear();
        start = 0;
        end = left;
    }

    /** Something done with the buffer, and perhaps with the socket behind it. */
    interface Action {
        void run() throws IOException;
    }
}
