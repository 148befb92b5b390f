package dev.sshtunnels.forward;

import dev.sshtunnels.loop.EventLoop;

/** What all forwards of an agent share, and the dialer of one. */
record ForwardContext(EventLoop loop, SocketBuffers buffers, Dialer dialer) {

    ForwardContext(EventLoop loop, SocketBuffers buffers) {
        this(loop, buffers, new Dialer(loop));
    }

    /** For a forward that dials: names that hang fill its own dialer only. */
    ForwardContext withOwnDialer() {
        return new ForwardContext(loop, buffers);
    }
}
