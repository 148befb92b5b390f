package dev.sshtunnels.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A process behind a Unix socket. */
public final class UnixServer implements AutoCloseable {

    private final Path path;
    private final ServerSocketChannel listener;

    private UnixServer(Path path) throws IOException {
        this.path = path;
        this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path));
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers, once it has got everything, with the same bytes in reverse order. */
    public static UnixServer reversing(Path path) throws IOException {
        return new UnixServer(path);
    }

    public Path path() {
        return path;
    }

    public static byte[] reversed(byte[] data) {
        byte[] reversed = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            reversed[i] = data[data.length - 1 - i];
        }
        return reversed;
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException _) {
                return;
            }
        }
    }

    private static void serve(SocketChannel channel) {
        try (SocketChannel client = channel;
                InputStream in = Channels.newInputStream(client)) {
            ByteBuffer reply = ByteBuffer.wrap(reversed(in.readAllBytes()));
            while (reply.hasRemaining()) {
                client.write(reply);
            }
        } catch (IOException _) {
            // What the client saw of it is what the test looks at.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
