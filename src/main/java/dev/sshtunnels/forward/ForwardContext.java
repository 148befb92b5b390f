package dev.sshtunnels.forward;

import dev.sshtunnels.loop.EventLoop;

/** What all forwards of an agent share, and the dialer of one. */
record ForwardContext(EventLoop loop, SocketBuffers buffers, DescriptorReserve reserve, Dialer dialer) {

    ForwardContext(EventLoop loop, SocketBuffers buffers, DescriptorReserve reserve) {
        this(loop, buffers, reserve, new Dialer(loop, reserve));
    }

    /** For a forward that dials: names that hang fill its own dialer only. */
    ForwardContext withOwnDialer() {
        return new ForwardContext(loop, buffers, reserve);
    }
}
