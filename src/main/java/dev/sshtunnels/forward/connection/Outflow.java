package dev.sshtunnels.forward.connection;

import dev.sshtunnels.channel.Channel;
import dev.sshtunnels.forward.contract.ConnectionAccount;
import java.nio.ByteBuffer;

/** Bytes on their way into a channel, which may not take them at once: not yet open, or in a key exchange. */
final class Outflow {

    /** Not yet taken by the channel; null when there is nothing. */
    private ByteBuffer waiting;

    private final ConnectionAccount account;

    Outflow(ConnectionAccount account) {
        this.account = account;
    }

    /** Has bytes wait that came before the channel was there. */
    void startWith(ByteBuffer early) {
        if (early.hasRemaining()) {
            waiting = copy(early);
        }
    }

    /** Sends what waits; whether nothing is left. */
    boolean flush(Channel channel) {
        if (waiting != null) {
            write(channel, waiting);
            if (!waiting.hasRemaining()) {
                waiting = null;
            }
        }
        return isEmpty();
    }

    /** Sends bytes while nothing waits; what the channel does not take waits as a copy. */
    void send(Channel channel, ByteBuffer data) {
        write(channel, data);
        if (data.hasRemaining()) {
            waiting = copy(data);
        }
    }

    private void write(Channel channel, ByteBuffer data) {
        int before = data.remaining();
        channel.write(data);
        account.sent(before - data.remaining());
    }

    private static ByteBuffer copy(ByteBuffer data) {
        return ByteBuffer.allocate(data.remaining()).put(data).flip();
    }

    boolean isEmpty() {
        return waiting == null;
    }
}
