package dev.sshtunnels.forward.watch;

import dev.sshtunnels.forward.socket.ClientSocket;
import dev.sshtunnels.forward.socket.SocketAction;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.ReadyHandler;
import dev.sshtunnels.tunnel.Finding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A probe's connection from here, for the target of an R forward. */
final class SocketLink implements ProbeLink, ReadyHandler {

    private static final int READ_SIZE = 4096;

    private final EventLoop loop;
    private final Events events;
    private final ByteBuffer buffer = ByteBuffer.allocate(READ_SIZE);
    private ClientSocket socket;
    private boolean over;

    SocketLink(EventLoop loop, Events events) {
        this.loop = loop;
        this.events = events;
    }

    void connected(SocketChannel channel) {
        socket = new ClientSocket(channel, loop, this);
        if (over) {
            socket.close();
            return;
        }
        events.connected();
        if (!over) {
            guarded(() -> socket.interestedInReading(true));
        }
    }

    void failed(Finding finding) {
        if (!over) {
            over = true;
            events.failed(finding);
        }
    }

    @Override
    public void send(byte[] bytes) {
        guarded(() -> socket.write(ByteBuffer.wrap(bytes)));
    }

    @Override
    public void finish(byte[] lastWords) {
        over = true;
        socket.finish(ByteBuffer.wrap(lastWords), () -> {});
    }

    @Override
    public void abort() {
        over = true;
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public void ready(int operations) throws IOException {
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            socket.drain();
        }
        if ((operations & SelectionKey.OP_READ) == 0) {
            return;
        }
        int bytes = socket.read(buffer.clear());
        if (bytes < 0) {
            ended();
        } else {
            events.received(buffer.array(), 0, bytes);
        }
    }

    /** A reset, for example. */
    @Override
    public void failed(Exception cause) {
        ended();
    }

    private void ended() {
        if (!over) {
            events.ended();
            abort();
        }
    }

    private void guarded(SocketAction action) {
        try {
            action.run();
        } catch (IOException e) {
            failed(e);
        }
    }
}
