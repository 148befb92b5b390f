package dev.sshtunnels.forward.exposure;

import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.IpSyntax;
import dev.sshtunnels.tunnel.IpText;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Addresses of a server at which a listener tells where it listens.
 *
 * <p>OpenSSH binds by {@code GatewayPorts} and answers success in each case (channels.c, channel_fwd_bind_addr): to all
 * addresses, to the one asked for, or to loopback's two only.
 *
 * @param asked the listener as the server was asked for it
 * @param server the address that the session is connected to
 */
public record VantagePoints(HostPort asked, InetAddress server) {

    /** RFC 4254 7.1: connections on all addresses, of all protocol families. */
    public static final String ALL_ADDRESSES = "";

    static final String LOOPBACK_4 = "127.0.0.1";
    static final String LOOPBACK_6 = "::1";

    private static final Set<String> LOOPBACK =
            Collections.unmodifiableSet(new LinkedHashSet<>(List.of(LOOPBACK_4, LOOPBACK_6)));
    private static final Set<String> WILDCARDS = Set.of(ALL_ADDRESSES, "0.0.0.0", "::");

    /**
     * An address that a listener on loopback does not have, but one on all addresses: Linux has all of 127.0.0.0/8. It
     * tells them apart where no other address of the server is known.
     */
    public String witness() {
        return asked.host().equals("127.0.0.2") ? "127.0.0.3" : "127.0.0.2";
    }

    boolean wantsAllAddresses() {
        return WILDCARDS.contains(asked.host());
    }

    boolean wantsLoopback() {
        return asked.host().equals("localhost")
                || literal().filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** The one address that was asked for, if it was one. */
    Optional<InetAddress> literal() {
        return IpSyntax.isAddress(asked.host()) && !wantsAllAddresses()
                ? Optional.of(InetAddress.ofLiteral(asked.host()))
                : Optional.empty();
    }

    /** Where clients on other hosts would connect to, as far as such addresses are known. */
    Set<String> outside() {
        Set<String> addresses = new LinkedHashSet<>();
        literal()
                .filter(address -> !address.isLoopbackAddress())
                .ifPresent(address -> addresses.add(IpText.of(address)));
        if (!server.isLoopbackAddress() && speaksFamilyOf(server)) {
            addresses.add(IpText.of(server));
        }
        return addresses;
    }

    private boolean speaksFamilyOf(InetAddress address) {
        return switch (asked.host()) {
            case "0.0.0.0" -> address instanceof Inet4Address;
            case "::" -> !(address instanceof Inet4Address);
            default -> true;
        };
    }

    /** Where the server's own programs would connect to. */
    Set<String> inside() {
        return literal()
                .filter(InetAddress::isLoopbackAddress)
                .map(address -> Set.of(IpText.of(address)))
                .orElseGet(() -> LOOPBACK);
    }

    /** All of them, each once. */
    public Set<String> all() {
        Set<String> addresses = new LinkedHashSet<>(outside());
        addresses.addAll(inside());
        addresses.add(LOOPBACK_4);
        addresses.add(LOOPBACK_6);
        addresses.add(witness());
        return addresses;
    }
}
