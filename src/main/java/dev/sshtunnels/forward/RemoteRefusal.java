package dev.sshtunnels.forward;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.util.Optional;
import java.util.regex.Pattern;

/** Words why there is no listener on the server. */
final class RemoteRefusal {

    /** OpenSSH's words (serverloop.c, channels.c); it says other things, of keys for example, at the same time. */
    private static final Pattern PROHIBITED = Pattern.compile("disabled port forwarding|forwarding refused");

    private RemoteRefusal() {}

    /** Another forward of this session has the listener: sshd would refuse a second one. */
    static Finding heldBy(Forward holder, HostPort listen) {
        return new Finding(
                Reason.RemotePortInUse,
                "forward " + holder.name() + " has the server listen on " + listen
                        + " already; choose another listen.port for one of the two");
    }

    /**
     * The server said no. Its reply has no cause; what it said beside it is all there is to tell causes apart.
     *
     * @param neighbour another forward with the same port on another address
     */
    static Finding byServer(HostPort listen, String hint, Optional<Forward> neighbour) {
        String refused = "the server refused to listen on " + listen;
        if (PROHIBITED.matcher(hint).find()) {
            return new Finding(
                    Reason.ForwardingProhibited,
                    refused + " (\"" + hint + "\"); allow it there (AllowTcpForwarding, PermitListen, or the key's"
                            + " permitlisten option)");
        }
        String cause = neighbour
                .map(other -> ": forward " + other.name() + " has " + other.listen()
                        + ", and both can be had only with GatewayPorts clientspecified there; set it or choose another"
                        + " listen.port.")
                .orElse(": the port is in use there, or needs root; free it or choose another listen.port.");
        return new Finding(Reason.RemotePortInUse, refused + cause + " Asked again every 1.5 s");
    }
}
