package dev.sshtunnels.forward.contract;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that the connections of a forward have carried, those that are still open included. Counted on the event loop
 * only, so that a plain addition does; read on any thread.
 */
public final class ForwardTraffic {

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();

    void sent(int bytes) {
        sent.setOpaque(sent.getPlain() + bytes);
    }

    void received(int bytes) {
        received.setOpaque(received.getPlain() + bytes);
    }

    /** Towards the SSH server, in all modes. */
    public long sent() {
        return sent.getOpaque();
    }

    /** From the SSH server, in all modes. */
    public long received() {
        return received.getOpaque();
    }
}
