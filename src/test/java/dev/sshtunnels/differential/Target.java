package dev.sshtunnels.differential;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;

/** What forwards connect to: a listener that hands over one connection after the other. */
sealed interface Target extends Closeable {

    /** The next connection that arrives. */
    Wire arrival() throws IOException;

    /** On loopback. */
    static Tcp tcp() throws IOException {
        return tcp(InetAddress.getLoopbackAddress());
    }

    static Tcp tcp(InetAddress address) throws IOException {
        ServerSocket listener = new ServerSocket(0, 1000, address);
        listener.setSoTimeout((int) Party.PATIENCE.toMillis());
        return new Tcp(listener);
    }

    static Unix unix(Path path) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path));
        return new Unix(listener, path);
    }

    record Tcp(ServerSocket listener) implements Target {

        int port() {
            return listener.getLocalPort();
        }

        @Override
        public Wire arrival() throws IOException {
            try {
                return Wire.of(listener.accept());
            } catch (SocketTimeoutException e) {
                throw new IOException("no connection arrived at the target", e);
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    record Unix(ServerSocketChannel listener, Path path) implements Target {

        @Override
        public Wire arrival() throws IOException {
            return new Wire.Unix(listener.accept());
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
