package dev.sshtunnels.forward;

import dev.sshtunnels.forward.SocksHandshake.Step;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.ReadyHandler;
import dev.sshtunnels.loop.Timer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Talks SOCKS with one client until its target is known. */
final class SocksNegotiation implements ReadyHandler {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** The longest request of any version, with what a client may send ahead. */
    private static final int BUFFER_SIZE = 2048;

    private final AdmittedClient admitted;
    private final SocketChannel client;
    private final LocalConnections connections;
    private final SocksHandshake handshake = new SocksHandshake();
    private final ByteBuffer arrived = ByteBuffer.allocate(BUFFER_SIZE);
    private SelectionKey key;
    private Timer timer;

    SocksNegotiation(AdmittedClient admitted, LocalConnections connections) {
        this.admitted = admitted;
        this.client = admitted.socket();
        this.connections = connections;
    }

    void start(EventLoop loop) {
        try {
            key = loop.register(client, SelectionKey.OP_READ, this);
            timer = loop.schedule(TIMEOUT, this::close);
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void ready(int operations) throws IOException {
        if (client.read(arrived) < 0) {
            close();
            return;
        }
        arrived.flip();
        Step step = handshake.next(arrived);
        while (step instanceof Step.Answer(byte[] bytes)) {
            send(bytes);
            step = handshake.next(arrived);
        }
        switch (step) {
            case Step.More _ -> waitForMore();
            case Step.Connect(var target, var reply) -> {
                timer.cancel();
                key.interestOps(0);
                connections.open(admitted, target, reply, arrived);
            }
            case Step.Refuse(byte[] bytes) -> {
                send(bytes);
                close();
            }
            case Step.Answer _ -> throw new IllegalStateException("answers were sent above");
        }
    }

    private void waitForMore() {
        arrived.compact();
        if (!arrived.hasRemaining()) {
            close();
        }
    }

    /** Replies are a few bytes on a socket that has sent nothing yet: it takes them. */
    private void send(byte[] bytes) throws IOException {
        ByteBuffer data = ByteBuffer.wrap(bytes);
        client.write(data);
        if (data.hasRemaining()) {
            throw new IOException("the client does not take a SOCKS reply");
        }
    }

    @Override
    public void failed(Exception cause) {
        close();
    }

    private void close() {
        if (timer != null) {
            timer.cancel();
        }
        try {
            client.close();
        } catch (IOException _) {
            // Closed all the same.
        }
        admitted.left();
    }
}
