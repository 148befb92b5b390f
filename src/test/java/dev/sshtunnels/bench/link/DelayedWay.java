package dev.sshtunnels.bench.link;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** One direction of the link: packets leave in their order, each so long after it came. */
final class DelayedWay {

    /** More than a gigabit per second brings within the delay; what comes while all are taken is lost. */
    private static final int PACKETS = 1 << 13;

    private static final int PACKET_BYTES = 2048;

    private final Tun from;
    private final Tun to;
    private final long delayNanos;
    private final MemorySegment packets = Arena.ofShared().allocate((long) PACKETS * PACKET_BYTES);
    private final MemorySegment lost = Arena.ofShared().allocate(PACKET_BYTES);
    private final long[] due = new long[PACKETS];
    private final int[] length = new int[PACKETS];
    private final AtomicLong came = new AtomicLong();
    private final AtomicLong left = new AtomicLong();

    DelayedWay(Tun from, Tun to, long delayNanos) {
        this.from = from;
        this.to = to;
        this.delayNanos = delayNanos;
    }

    void start() {
        Thread sender = Thread.ofPlatform().name("sender").start(this::send);
        Thread.ofPlatform().name("receiver").start(() -> receive(sender));
    }

    private void receive(Thread sender) {
        while (true) {
            long number = came.get();
            boolean full = number - left.get() == PACKETS;
            int slot = (int) (number % PACKETS);
            long bytes = from.read(full ? lost : packets.asSlice((long) slot * PACKET_BYTES, PACKET_BYTES));
            if (bytes > 0 && !full) {
                due[slot] = System.nanoTime() + delayNanos;
                length[slot] = (int) bytes;
                came.set(number + 1);
                LockSupport.unpark(sender);
            }
        }
    }

    private void send() {
        for (long number = 0; ; number++) {
            int slot = (int) (number % PACKETS);
            while (came.get() == number) {
                LockSupport.park();
            }
            for (long wait = due[slot] - System.nanoTime(); wait > 0; wait = due[slot] - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            to.write(packets.asSlice((long) slot * PACKET_BYTES, length[slot]));
            left.set(number + 1);
        }
    }
}
