package dev.sshtunnels.forward.socket;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;

/** The two ways to end a socket whose peer may have ended it already: neither fails, and afterwards it is closed. */
public final class SocketEnd {

    private SocketEnd() {}

    /** With a FIN, unless bytes of the peer were left unread; a listening socket stops listening. */
    public static void close(NetworkChannel socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Closed all the same.
        }
    }

    /** With a RST: the peer learns at once that this is not the end of what there was, and no port stays in TIME_WAIT. */
    public static void reset(SocketChannel socket) {
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException _) {
            // The peer was faster.
        }
        close(socket);
    }
}
