package dev.sshtunnels.forward.remote;

import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.channel.OpenFailure;
import dev.sshtunnels.forward.exposure.VantagePoints;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.IpSyntax;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The book of a session's listeners on its server, by address string and port; event loop only. RFC 4254 7.2: the server
 * names a listener as it was asked for.
 *
 * <p>A listener is in the book before its request goes out, so a connection that overtakes the reply is served, and it
 * leaves the book when the server has confirmed its end.
 */
public final class RemoteListeners implements Channels.ForwardedTcpipHandler {

    /** Asked for or granted. */
    private final Map<HostPort, RemoteForward> held = new LinkedHashMap<>();

    /** Asked for with port 0 and not granted yet, so that their port is not known. */
    private final List<RemoteForward> choosing = new ArrayList<>();

    /** Cancelled, but not confirmed. */
    private final Map<HostPort, RemoteForward> leaving = new LinkedHashMap<>();

    /** Enters a listener that is about to be asked for; returns who has it already, when that is another forward. */
    Optional<RemoteForward> claim(HostPort listen, RemoteForward forward) {
        if (listen.port() == 0) {
            choosing.add(forward);
            return Optional.empty();
        }
        RemoteForward holder = held.get(listen);
        if (holder != null && holder != forward && !holder.isClosed()) {
            return Optional.of(holder);
        }
        held.put(listen, forward);
        return Optional.empty();
    }

    /** The server has granted a listener. */
    void granted(HostPort asked, HostPort granted, RemoteForward forward) {
        choosing.remove(forward);
        held.remove(asked, forward);
        held.put(granted, forward);
    }

    /** The server does not listen for it. */
    void refused(HostPort asked, RemoteForward forward) {
        choosing.remove(forward);
        held.remove(asked, forward);
    }

    /** Its end is about to be asked for. */
    void cancelling(HostPort granted, RemoteForward forward) {
        held.remove(granted, forward);
        leaving.put(granted, forward);
    }

    /** The server has confirmed its end. */
    void cancelled(HostPort granted, RemoteForward forward) {
        leaving.remove(granted, forward);
    }

    /** Another forward that has the same port on another address. */
    Optional<RemoteForward> neighbour(HostPort listen, RemoteForward forward) {
        return held.entrySet().stream()
                .filter(entry -> entry.getKey().port() == listen.port() && entry.getValue() != forward)
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    public void incoming(
            String listenHost, int listenPort, String originatorHost, int originatorPort, Channels.Incoming incoming) {
        RemoteForward forward = find(new HostPort(listenHost, listenPort));
        if (forward == null) {
            incoming.refuse(OpenFailure.ADMINISTRATIVELY_PROHIBITED, "no such listener was asked for");
        } else {
            forward.incoming(originatorHost, incoming);
        }
    }

    private RemoteForward find(HostPort named) {
        RemoteForward exact = held.getOrDefault(named, leaving.get(named));
        if (exact != null) {
            return exact;
        }
        List<RemoteForward> sameAddress = held.entrySet().stream()
                .filter(entry -> entry.getKey().port() == named.port())
                .filter(entry -> covers(entry.getKey().host(), named.host()))
                .map(Map.Entry::getValue)
                .toList();
        if (sameAddress.isEmpty() && choosing.size() == 1) {
            RemoteForward only = choosing.getFirst();
            return covers(only.asked().host(), named.host()) ? only : null;
        }
        return sameAddress.size() == 1 ? sameAddress.getFirst() : null;
    }

    /** Whether a server may name a listener so: some name the address that they bound rather than the one asked for. */
    private static boolean covers(String asked, String named) {
        if (asked.equals(named) || asked.equals(VantagePoints.ALL_ADDRESSES)) {
            return true;
        }
        boolean address = IpSyntax.isAddress(named);
        return asked.equals("localhost")
                ? address && InetAddress.ofLiteral(named).isLoopbackAddress()
                : address
                        && IpSyntax.isAddress(asked)
                        && InetAddress.ofLiteral(asked).equals(InetAddress.ofLiteral(named));
    }
}
