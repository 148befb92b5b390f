package dev.sshtunnels.forward;

import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.channel.OpenFailure;
import dev.sshtunnels.tunnel.HostPort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The listeners that a session has asked its server for, by address string and port (RFC 4254 7.2: the server names the
 * listener as it was asked for); event loop only.
 *
 * <p>An entry is there before the request goes out, so a connection that overtakes the reply is served.
 */
final class RemoteListeners implements Channels.ForwardedTcpipHandler {

    private final Map<HostPort, RemoteForward> forwards = new LinkedHashMap<>();

    void put(HostPort listen, RemoteForward forward) {
        forwards.put(listen, forward);
    }

    void remove(HostPort listen, RemoteForward forward) {
        forwards.remove(listen, forward);
    }

    @Override
    public void incoming(
            String listenHost, int listenPort, String originatorHost, int originatorPort, Channels.Incoming incoming) {
        // RFC 4254 7.1: asked for as the empty string.
        RemoteForward forward = find(listenHost.isEmpty() ? "*" : listenHost, listenPort);
        if (forward == null) {
            incoming.refuse(OpenFailure.ADMINISTRATIVELY_PROHIBITED, "no such listener was asked for");
        } else {
            forward.incoming(incoming);
        }
    }

    /** Some servers name the address they bound rather than the one asked for; the port tells when only one has it. */
    private RemoteForward find(String host, int port) {
        RemoteForward exact = forwards.get(new HostPort(host, port));
        if (exact != null) {
            return exact;
        }
        List<RemoteForward> onPort = forwards.entrySet().stream()
                .filter(entry -> entry.getKey().port() == port)
                .map(Map.Entry::getValue)
                .toList();
        return onPort.size() == 1 ? onPort.getFirst() : null;
    }
}
