package dev.sshtunnels.forward.socket;

import java.io.IOException;

/** Something done with a socket, which may fail. */
public interface SocketAction {
    void run() throws IOException;
}
