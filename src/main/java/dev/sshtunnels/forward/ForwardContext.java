package dev.sshtunnels.forward;

import dev.sshtunnels.loop.EventLoop;

/** What all forwards of an agent share. */
record ForwardContext(EventLoop loop, SocketBuffers buffers, Dialer dialer) {}
