package dev.sshtunnels.isolation;

import dev.sshtunnels.testing.TcpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Who ends a connection, and how. The client names it in its first byte, and the target does its part. */
enum Ending {
    /** Both have said all; the client ends first. */
    CLIENT_FIN,
    /** The target ends first. */
    TARGET_FIN,
    /** The client says that it is done and reads an answer. */
    CLIENT_HALF_CLOSE,
    /** The target says that it is done and reads on. */
    TARGET_HALF_CLOSE,
    CLIENT_RST,
    TARGET_RST;

    private static final byte[] ANSWER = "answer".getBytes(StandardCharsets.US_ASCII);

    /** A target that answers and ends as it is told. */
    static TcpServer target() {
        return TcpServer.on(client -> {
            InputStream in = client.getInputStream();
            int told = in.read();
            if (told < 0) {
                return;
            }
            Ending ending = values()[told];
            if (ending == CLIENT_HALF_CLOSE) {
                in.readAllBytes();
            }
            client.getOutputStream().write(ANSWER);
            switch (ending) {
                case TARGET_FIN, CLIENT_HALF_CLOSE -> {}
                case TARGET_RST -> {
                    in.read();
                    client.setSoLinger(true, 0);
                }
                case TARGET_HALF_CLOSE -> {
                    client.shutdownOutput();
                    in.readAllBytes();
                }
                case CLIENT_FIN, CLIENT_RST -> in.readAllBytes();
            }
        });
    }

    /** The client's part, on a new connection; it is closed afterwards. */
    void exchange(Socket socket) throws IOException {
        try (socket) {
            InputStream in = socket.getInputStream();
            socket.getOutputStream().write(ordinal());
            if (this == CLIENT_HALF_CLOSE) {
                socket.shutdownOutput();
            }
            if (in.readNBytes(ANSWER.length).length < ANSWER.length) {
                throw new IOException(this + ": the answer is not whole");
            }
            switch (this) {
                case TARGET_FIN, CLIENT_HALF_CLOSE, TARGET_HALF_CLOSE -> requireEnd(in);
                case TARGET_RST -> {
                    socket.getOutputStream().write(0);
                    awaitReset(in);
                }
                case CLIENT_RST -> socket.setSoLinger(true, 0);
                case CLIENT_FIN -> {}
            }
        }
    }

    private void requireEnd(InputStream in) throws IOException {
        if (in.read() >= 0) {
            throw new IOException(this + ": more than the answer");
        }
    }

    /** An SSH channel cannot carry a RST, so that some see an end instead. */
    private static void awaitReset(InputStream in) throws IOException {
        try {
            in.read();
        } catch (SocketException _) {
            // As at the target.
        }
    }
}
