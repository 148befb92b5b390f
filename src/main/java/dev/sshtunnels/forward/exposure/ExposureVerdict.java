package dev.sshtunnels.forward.exposure;

import static dev.sshtunnels.forward.exposure.VantagePoints.LOOPBACK_4;
import static dev.sshtunnels.forward.exposure.VantagePoints.LOOPBACK_6;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.Exposure;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says where a listener can be reached; pure.
 *
 * @param port the listener's
 * @param reach what was found at each of {@link VantagePoints#all}
 * @param overridden whether the server said that it ignores the address (OpenSSH channels.c, channel_fwd_bind_addr)
 */
record ExposureVerdict(VantagePoints points, int port, Map<String, Reach> reach, boolean overridden) {

    private static final String REMEDY =
            "set \"GatewayPorts clientspecified\" (or \"yes\") in sshd_config on the server;"
                    + " it holds for new sessions, so restart the agent then";

    Exposure exposure() {
        return new Exposure(finding(), bound());
    }

    private Finding finding() {
        if (!reach.containsValue(Reach.HERE)) {
            return nowhere();
        }
        return points.wantsLoopback() ? inside() : outside();
    }

    private Finding nowhere() {
        if (reach.containsValue(Reach.PROHIBITED)) {
            return notPermitted();
        }
        String tried = "the server says that it listens, but " + names(reach.keySet());
        return reach.values().stream().allMatch(Reach.REFUSED::equals)
                ? new Finding(
                        Reason.NotReachable, tried + " refuse connections there; see the server's log and firewall")
                : notVerified(tried + " did not lead to this agent");
    }

    private Finding notPermitted() {
        return new Finding(
                Reason.ProbeNotPermitted,
                "whether clients reach " + names(decisive()) + " cannot be verified: the server does not let this login"
                        + " connect there (PermitOpen, permitopen, or AllowTcpForwarding remote)"
                        + (overridden ? ". It said that GatewayPorts overrides listen.address" : "")
                        + "; permit it, or try from a client");
    }

    private Finding inside() {
        Optional<String> proved = firstHere(points.inside());
        if (proved.isEmpty()) {
            return new Finding(
                    Reason.NotReachable,
                    names(points.inside()) + " on the server does not lead to this agent, " + names(allHere())
                            + " does: " + REMEDY + ", or ask for localhost");
        }
        String here = at(proved.get()) + " on the server leads to this agent";
        if (overridden || isOnAllAddresses()) {
            return verified(here + ", and so do the server's other addresses although only loopback was asked for"
                    + " (GatewayPorts yes there overrides listen.address)");
        }
        return verified(here + "; loopback was asked for, so only the server itself connects");
    }

    private Finding outside() {
        Optional<String> proved = firstHere(points.outside());
        if (proved.isPresent()) {
            return verified(at(proved.get()) + " leads to this agent, tried from the server itself" + overriding());
        }
        if (isHere(points.witness())) {
            return onAllAddresses();
        }
        if (isHere(LOOPBACK_4) && found(points.witness()) == Reach.REFUSED) {
            return new Finding(
                    Reason.LoopbackOnly,
                    "the server listens on loopback only, so other hosts do not reach port " + port + ": " + REMEDY);
        }
        boolean hidden = found(points.witness()) == Reach.PROHIBITED
                || decisive().stream().anyMatch(address -> found(address) == Reach.PROHIBITED);
        return hidden
                ? notPermitted()
                : notVerified(names(allHere()) + " on the server leads to this agent, "
                        + (points.outside().isEmpty()
                                ? "and no address of it is known that other hosts use"
                                : names(points.outside())
                                        + " does not; behind NAT the server may not have that address"));
    }

    private Finding onAllAddresses() {
        boolean tried = points.outside().stream().anyMatch(address -> found(address) != Reach.PROHIBITED);
        return tried
                ? notVerified("the server listens on all its addresses, but " + names(points.outside())
                        + " does not lead to this agent from there (NAT, or a firewall); try from a client")
                : verified("the server listens on all its addresses at port " + port);
    }

    private String overriding() {
        return points.literal().isPresent() && isOnAllAddresses()
                ? ", and so do the server's other addresses (GatewayPorts yes there overrides listen.address)"
                : "";
    }

    /** Found in one place, it is bound to all only if it is found in another that no single address covers. */
    private boolean isOnAllAddresses() {
        return isHere(points.witness()) || isOutsideHere() && (isHere(LOOPBACK_4) || isHere(LOOPBACK_6));
    }

    private String bound() {
        boolean four = isHere(LOOPBACK_4);
        boolean six = isHere(LOOPBACK_6);
        if (isOnAllAddresses()) {
            return four && six ? "*" : four ? "0.0.0.0" : "::";
        }
        if (isOutsideHere() || points.wantsLoopback()) {
            return four && six ? "localhost" : allHere().stream().findFirst().orElse(null);
        }
        return finding().reason() == Reason.LoopbackOnly ? four && six ? "localhost" : LOOPBACK_4 : null;
    }

    private boolean isOutsideHere() {
        return firstHere(points.outside()).isPresent();
    }

    private Collection<String> decisive() {
        return points.wantsLoopback() || points.outside().isEmpty() ? points.inside() : points.outside();
    }

    private Collection<String> allHere() {
        return reach.keySet().stream().filter(this::isHere).toList();
    }

    private Optional<String> firstHere(Collection<String> addresses) {
        return addresses.stream().filter(this::isHere).findFirst();
    }

    private boolean isHere(String address) {
        return found(address) == Reach.HERE;
    }

    private Reach found(String address) {
        return reach.getOrDefault(address, Reach.NOWHERE);
    }

    private static Finding verified(String message) {
        return new Finding(Reason.Verified, message);
    }

    private static Finding notVerified(String message) {
        return new Finding(Reason.NotVerified, message);
    }

    private String at(String address) {
        return new HostPort(address, port).toString();
    }

    private String names(Collection<String> addresses) {
        return addresses.stream().map(this::at).collect(Collectors.joining(" and "));
    }
}
