package dev.sshtunnels.forward.socket;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Bytes that wait for a socket; one thread only.
 *
 * <p>They lie outside of the heap, which is too small for what many stopped readers may hold, and their memory is given
 * back as soon as they are gone. Small packets share a chunk, so that bytes cost what they are however they came.
 */
public final class ByteQueue {

    private static final int MIN_CHUNK = 4 << 10;
    private static final int MAX_CHUNK = 64 << 10;

    private final Deque<Chunk> chunks = new ArrayDeque<>();

    /** Memory of its own; the bytes are those between the buffer's position and limit. */
    private record Chunk(Arena arena, ByteBuffer bytes) {

        static Chunk of(int capacity) {
            Arena arena = Arena.ofConfined();
            return new Chunk(arena, arena.allocate(capacity).asByteBuffer().limit(0));
        }

        int room() {
            return bytes.capacity() - bytes.limit();
        }

        void append(ByteBuffer data) {
            int length = Math.min(room(), data.remaining());
            int end = bytes.limit();
            bytes.limit(end + length).put(end, data, data.position(), length);
            data.position(data.position() + length);
        }
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    public int size() {
        return chunks.stream().mapToInt(chunk -> chunk.bytes().remaining()).sum();
    }

    /** Appends a copy of all bytes of the buffer. */
    public void add(ByteBuffer data) {
        if (!chunks.isEmpty()) {
            chunks.getLast().append(data);
        }
        while (data.hasRemaining()) {
            Chunk chunk = Chunk.of(Math.clamp(data.remaining(), MIN_CHUNK, MAX_CHUNK));
            chunk.append(data);
            chunks.add(chunk);
        }
    }

    /** Writes as much as the channel takes; returns the bytes written. */
    int writeTo(WritableByteChannel channel) throws IOException {
        int written = 0;
        while (!chunks.isEmpty()) {
            ByteBuffer bytes = chunks.getFirst().bytes();
            written += channel.write(bytes);
            if (bytes.hasRemaining()) {
                return written;
            }
            chunks.poll().arena().close();
        }
        return written;
    }

    /** Hands over the bytes chunk by chunk, to be taken before returning, and is empty then. */
    public void drainTo(Consumer<ByteBuffer> taker) {
        chunks.forEach(chunk -> taker.accept(chunk.bytes()));
        clear();
    }

    /** Drops what is left. */
    public void clear() {
        chunks.forEach(chunk -> chunk.arena().close());
        chunks.clear();
    }
}
