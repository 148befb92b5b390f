package dev.sshtunnels.forward.remote;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.Backoff;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Why there is no listener on the server, in words, and how soon to ask again. What the server said itself is a hint and
 * is not repeated: it may name its files.
 *
 * @param pace how soon to ask again, by the number of refusals of this kind in a row
 */
record RemoteRefusal(Finding finding, Backoff pace) {

    /** Free again at any time: whoever waits is to have it within moments. */
    private static final Backoff SOON =
            new Backoff(Duration.ofMillis(1200), Duration.ofMillis(1200), Backoff.Spread.FIFTH);

    /** Free again when a person or another program wants it so. */
    private static final Backoff SLOWER =
            new Backoff(Duration.ofMillis(1500), Duration.ofMillis(12_500), Backoff.Spread.FIFTH);

    /** A matter of configuration. */
    private static final Backoff SELDOM =
            new Backoff(Duration.ofSeconds(10), Duration.ofSeconds(30), Backoff.Spread.FIFTH);

    /** OpenSSH's words (serverloop.c, channels.c); it says other things, of keys for example, at the same time. */
    private static final Pattern PROHIBITED = Pattern.compile("disabled port forwarding|forwarding refused");

    /** Below it only root may listen (OpenSSH misc.c, bind_permitted). */
    private static final int UNPRIVILEGED = 1024;

    /** Whether the server's words say that it does not want to; there is nobody to look for then. */
    static boolean isProhibited(String hint) {
        return PROHIBITED.matcher(hint).find();
    }

    /** Another forward of this session has the listener: sshd would refuse a second one. */
    static RemoteRefusal heldBy(Forward holder, HostPort listen) {
        return new RemoteRefusal(
                new Finding(
                        Reason.RemotePortInUse,
                        "forward " + holder.name() + " has the server listen on " + listen
                                + " already; choose another listen.port for one of the two"),
                SOON);
    }

    /** Another forward of this session has the port on another address, and the server has one address for both. */
    static RemoteRefusal besides(Forward neighbour, HostPort listen) {
        return new RemoteRefusal(
                new Finding(
                        Reason.RemotePortInUse,
                        refused(listen) + ": forward " + neighbour.name() + " has " + neighbour.listen()
                                + ", and both can be had only with GatewayPorts clientspecified there; set it or choose"
                                + " another listen.port"),
                SLOWER);
    }

    /** The server said that it forbids it; sshd says the same of a port that needs root (serverloop.c). */
    static RemoteRefusal prohibited(HostPort listen, String user) {
        if (isPrivileged(listen, user)) {
            return privileged(listen, user, ", and the server forbids it");
        }
        return new RemoteRefusal(
                new Finding(
                        Reason.ForwardingProhibited,
                        refused(listen) + ": it forbids remote forwarding, or this port; allow it there"
                                + " (AllowTcpForwarding, PermitListen, or the key's permitlisten option)"),
                SELDOM);
    }

    /**
     * The port was looked at through the session.
     *
     * @param lostHere whether this agent had the listener on a session that was lost
     */
    static RemoteRefusal held(HostPort listen, PortHolder holder, boolean lostHere, String user) {
        return switch (holder) {
            case ANOTHER_AGENT ->
                inUse(
                        listen,
                        "another agent with the same login has it and is alive; this one stands by and takes over when"
                                + " the port is free",
                        SOON);
            case SILENT -> stale(listen, ": it is held there, and nobody answers behind it", lostHere);
            case STRANGER ->
                inUse(
                        listen,
                        "another program has it; free it there or choose another listen.port. Asked again at least every"
                                + " 15 s",
                        SLOWER);
            case NOBODY, HIDDEN -> unknown(listen, holder, lostHere, user);
        };
    }

    private static RemoteRefusal unknown(HostPort listen, PortHolder holder, boolean lostHere, String user) {
        if (isPrivileged(listen, user)) {
            return privileged(listen, user, "");
        }
        if (lostHere) {
            return stale(listen, "", true);
        }
        String cause = holder == PortHolder.HIDDEN
                ? "the port is in use there (by whom cannot be seen: the server does not let this login connect to it);"
                        + " free it or choose another listen.port"
                : "nobody is seen to listen on it, so listen.address may not be an address of the server; correct it, or"
                        + " choose another listen.port";
        return inUse(listen, cause + ". Asked again at least every 15 s", SLOWER);
    }

    private static RemoteRefusal inUse(HostPort listen, String cause, Backoff pace) {
        return new RemoteRefusal(new Finding(Reason.RemotePortInUse, refused(listen) + ": " + cause), pace);
    }

    private static RemoteRefusal stale(HostPort listen, String seen, boolean lostHere) {
        String whose = lostHere
                ? "; this agent had it on a session that was lost, and the server has not noticed yet"
                : ", as with a session whose client is gone";
        return new RemoteRefusal(
                new Finding(
                        Reason.RemotePortHeldByStaleSession,
                        refused(listen) + seen + whose
                                + ". Set ClientAliveInterval 15 in sshd_config there, or end that"
                                + " sshd process; asked again every second or two"),
                SOON);
    }

    private static boolean isPrivileged(HostPort listen, String user) {
        return listen.port() > 0 && listen.port() < UNPRIVILEGED && !user.equals("root");
    }

    private static RemoteRefusal privileged(HostPort listen, String user, String besides) {
        return new RemoteRefusal(
                new Finding(
                        Reason.PrivilegedPort,
                        refused(listen) + besides + ": ports below " + UNPRIVILEGED
                                + " need root there, and the login is " + user + "; choose a listen.port from "
                                + UNPRIVILEGED + " on"),
                SELDOM);
    }

    private static String refused(HostPort listen) {
        return "the server refused to listen on " + listen;
    }
}
