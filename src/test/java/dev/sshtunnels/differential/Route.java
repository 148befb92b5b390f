package dev.sshtunnels.differential;

import dev.sshtunnels.testing.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/** A way from a client to a target; the order is that of {@link #forwards}. */
enum Route {
    LOCAL,
    REMOTE,
    DYNAMIC,
    /** {@code ssh -R port}: SOCKS for clients beside the server. */
    REMOTE_DYNAMIC,
    /** {@code ssh -L port:/path}. */
    UNIX_SOCKET;

    /** Forwards for all routes to targets that are the same for all. */
    static List<Wanted> forwards(Ports ports, Target.Tcp tcp, Target.Unix unix) {
        return List.of(
                Wanted.local(ports.next()).to(tcp.port()),
                Wanted.remote(ports.next()).to(tcp.port()),
                Wanted.dynamic(ports.next()),
                Wanted.remote(ports.next()).toSocks("*"),
                Wanted.local(ports.next()).toUnixSocket(unix.path().toString()));
    }

    /** A connection of the client's, ready for its first byte. */
    Wire connect(Session session, int targetPort) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), session.port(ordinal()));
        if (this == DYNAMIC || this == REMOTE_DYNAMIC) {
            String reply = SocksVersion.SOCKS5_ADDRESS.ask(socket, "127.0.0.1", targetPort);
            if (!reply.startsWith("0500 0500")) {
                throw new IOException(this + " replied " + reply);
            }
        }
        return Wire.of(socket);
    }
}
