package dev.sshtunnels.differential;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** One end of a connection, as programs have it. */
sealed interface Wire extends Closeable {

    InputStream in() throws IOException;

    OutputStream out() throws IOException;

    /** Sends a FIN. */
    void finish() throws IOException;

    /** Ends with a RST where there is such a thing. */
    void reset() throws IOException;

    static Wire of(Socket socket) throws IOException {
        socket.setSoTimeout((int) Party.PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
        return new Tcp(socket);
    }

    record Tcp(Socket socket) implements Wire {

        @Override
        public InputStream in() throws IOException {
            return socket.getInputStream();
        }

        @Override
        public OutputStream out() throws IOException {
            return socket.getOutputStream();
        }

        @Override
        public void finish() throws IOException {
            socket.shutdownOutput();
        }

        @Override
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** A connection to a Unix socket. */
    record Unix(SocketChannel channel) implements Wire {

        @Override
        public InputStream in() {
            return Channels.newInputStream(channel);
        }

        @Override
        public OutputStream out() {
            return Channels.newOutputStream(channel);
        }

        @Override
        public void finish() throws IOException {
            channel.shutdownOutput();
        }

        @Override
        public void reset() throws IOException {
            channel.close();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
