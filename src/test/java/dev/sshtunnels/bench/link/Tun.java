package dev.sshtunnels.bench.link;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A network interface whose packets a program reads and writes (Linux {@code Documentation/networking/tuntap.rst}).
 *
 * <p>It exists as long as the process that made it.
 */
final class Tun {

    private static final int READ_WRITE = 2;
    private static final long SET_INTERFACE = 0x400454ca;
    private static final int REQUEST_BYTES = 40;
    private static final int FLAGS_OFFSET = 16;
    private static final short IP_PACKETS_WITHOUT_HEADER = 0x1001;

    private final MethodHandle read = function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private final MethodHandle write = function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private final int descriptor;

    /**
     * Makes the interface, in the network namespace of this process.
     *
     * @param name at most 15 characters
     * @throws IllegalStateException when the kernel refuses, as it does without CAP_NET_ADMIN
     */
    Tun(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle open = variadic("open", JAVA_INT, ADDRESS, JAVA_INT);
            descriptor = (int) open.invokeExact(arena.allocateFrom("/dev/net/tun"), READ_WRITE);
            MemorySegment request = arena.allocate(REQUEST_BYTES);
            request.setString(0, name);
            request.set(JAVA_SHORT, FLAGS_OFFSET, IP_PACKETS_WITHOUT_HEADER);
            MethodHandle ioctl = variadic("ioctl", JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
            if (descriptor < 0 || (int) ioctl.invokeExact(descriptor, SET_INTERFACE, request) < 0) {
                throw new IllegalStateException("the kernel makes no TUN device " + name);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot call the C library", e);
        }
    }

    /** Waits for a packet that leaves through the interface; its length in bytes, or less than 1 when there is none to come. */
    long read(MemorySegment packet) {
        try {
            return (long) read.invokeExact(descriptor, packet, packet.byteSize());
        } catch (Throwable e) {
            throw new IllegalStateException("cannot call read", e);
        }
    }

    /** Makes a packet come in through the interface; while that is down, the packet is lost, as on a wire. */
    void write(MemorySegment packet) {
        try {
            long _ = (long) write.invokeExact(descriptor, packet, packet.byteSize());
        } catch (Throwable e) {
            throw new IllegalStateException("cannot call write", e);
        }
    }

    /** A function whose arguments are all declared. */
    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return link(name, FunctionDescriptor.of(result, arguments));
    }

    /** A function that takes further arguments after its first two. */
    private static MethodHandle variadic(String name, MemoryLayout result, MemoryLayout... arguments) {
        return link(name, FunctionDescriptor.of(result, arguments), Linker.Option.firstVariadicArg(2));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
    }
}
