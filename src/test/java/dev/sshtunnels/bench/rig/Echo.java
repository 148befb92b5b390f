package dev.sshtunnels.bench.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Sends back what it gets, at once; each connection has a thread that blocks, so that no other has to be woken. */
final class Echo implements AutoCloseable {

    private static final int BUFFER_BYTES = 4096;

    private final ServerSocketChannel listener;

    Echo() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().daemon().name("echo").start(this::accept);
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel client = listener.accept();
                Thread.ofPlatform().daemon().name("echo-connection").start(() -> serve(client));
            } catch (IOException _) {
                // The benchmark is over, or a client was gone before it was accepted.
            }
        }
    }

    private static void serve(SocketChannel client) {
        try (client) {
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
            while (client.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    client.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException _) {
            // Its client says what it missed.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new BrokenException("the echo cannot be closed", e);
        }
    }
}
