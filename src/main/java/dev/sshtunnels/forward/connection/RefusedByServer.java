package dev.sshtunnels.forward.connection;

import dev.sshtunnels.forward.socket.ConnectFailure;
import dev.sshtunnels.tunnel.Destination;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.PeerText;
import dev.sshtunnels.tunnel.SocketPath;

/** Words what a server's refusal to open a channel says of its target. */
public final class RefusedByServer {

    private static final int MAX_WORDS = 200;

    private RefusedByServer() {}

    /** @param description the server's text, untrusted */
    public static Finding finding(Destination target, ConnectFailure cause, String description) {
        return switch (target) {
            case HostPort host -> new Finding(cause.reason(), words(host, cause, description));
            case SocketPath path -> new Finding(cause.reason(), words(path, cause, description));
        };
    }

    private static String words(HostPort host, ConnectFailure cause, String description) {
        String target = PeerText.printable(host.toString(), MAX_WORDS);
        return switch (cause) {
            case PROHIBITED ->
                target
                        + " is not permitted by the server; allow it there (AllowTcpForwarding, PermitOpen, or the key's"
                        + " permitopen option)";
            case UNRESOLVABLE -> target + ": the server does not resolve the name; check target.host";
            case REFUSED -> target + " refused the server's connection; check that it listens on that port";
            case TIMED_OUT -> target + " did not answer the server; check that a firewall lets it through";
            case NETWORK_UNREACHABLE, HOST_UNREACHABLE, SERVER ->
                target + " cannot be reached by the server: " + PeerText.printable(description, MAX_WORDS);
        };
    }

    /** For a Unix socket sshd gives one code and "open failed" for every cause (serverloop.c). */
    private static String words(SocketPath path, ConnectFailure cause, String description) {
        String target = PeerText.printable(path.toString(), MAX_WORDS);
        return cause == ConnectFailure.TIMED_OUT
                ? target + " did not answer the server; check the process that listens on that socket"
                : target + " cannot be connected to by the server (\"" + PeerText.printable(description, MAX_WORDS)
                        + "\"); check there that a process listens on that socket, that the user may write to it, and"
                        + " that AllowStreamLocalForwarding allows it";
    }
}
