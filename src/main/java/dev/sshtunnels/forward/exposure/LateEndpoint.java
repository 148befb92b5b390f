package dev.sshtunnels.forward.exposure;

import dev.sshtunnels.channel.Channel;
import dev.sshtunnels.channel.ChannelEndpoint;
import dev.sshtunnels.forward.socket.ByteQueue;
import java.nio.ByteBuffer;

/**
 * Stands in for the endpoint of a channel that may be accepted before there is one, and before its first bytes may go on:
 * keeps what happens meanwhile, in order. Event loop only.
 */
final class LateEndpoint {

    /** A full window at most, as nothing of it counts as consumed. */
    private final ByteQueue early = new ByteQueue();

    private ChannelEndpoint endpoint;
    private Channel channel;
    private boolean open;
    private boolean live;
    private boolean bytesMayGo;
    private boolean eof;
    private boolean closed;
    private boolean lost;

    /** The endpoint is there before its channel. */
    void is(ChannelEndpoint now) {
        endpoint = now;
        live = true;
    }

    /** The endpoint comes after its channel, and hears what it has missed. */
    void isAtLast(ChannelEndpoint now) {
        is(now);
        if (open) {
            endpoint.opened(channel);
        }
        deliver();
        if (eof) {
            endpoint.receivedEof();
        }
        if (closed) {
            endpoint.closed(lost);
        }
    }

    /** The first bytes are the endpoint's. */
    void letBytesGo() {
        bytesMayGo = true;
        deliver();
    }

    private void deliver() {
        if (live && bytesMayGo) {
            early.drainTo(bytes -> {
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                endpoint.received(copy, 0, copy.length);
            });
        }
    }

    /** The bytes were none of the endpoint's. */
    void dropBytes() {
        early.clear();
    }

    void opened(Channel opened) {
        channel = opened;
        open = true;
        if (live) {
            endpoint.opened(opened);
        }
    }

    void received(byte[] data, int offset, int length) {
        if (live && bytesMayGo) {
            endpoint.received(data, offset, length);
        } else {
            early.add(ByteBuffer.wrap(data, offset, length));
        }
    }

    void writable() {
        if (live) {
            endpoint.writable();
        }
    }

    void receivedEof() {
        eof = true;
        if (live) {
            endpoint.receivedEof();
        }
    }

    void closed(boolean byLoss) {
        closed = true;
        lost = byLoss;
        if (live) {
            endpoint.closed(byLoss);
        }
    }
}
