package dev.sshtunnels.forward.connection;

import dev.sshtunnels.forward.socket.DescriptorReserve;
import dev.sshtunnels.forward.socket.Dialer;
import dev.sshtunnels.loop.EventLoop;

/** What all forwards of an agent share, and the dialer of one. */
public record ForwardContext(EventLoop loop, SocketBuffers buffers, DescriptorReserve reserve, Dialer dialer) {

    public ForwardContext(EventLoop loop, SocketBuffers buffers, DescriptorReserve reserve) {
        this(loop, buffers, reserve, new Dialer(loop, reserve));
    }

    /** For a forward that dials: names that hang fill its own dialer only. */
    public ForwardContext withOwnDialer() {
        return new ForwardContext(loop, buffers, reserve);
    }
}
