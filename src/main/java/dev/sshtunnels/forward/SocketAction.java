package dev.sshtunnels.forward;

import java.io.IOException;

/** Something done with a socket, which may fail. */
interface SocketAction {
    void run() throws IOException;
}
