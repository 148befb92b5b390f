package dev.sshtunnels.tunnel;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The host that a SOCKS client asked for, in the one spelling that it is judged by and connected to.
 *
 * <p>Who resolves a name takes many spellings for an address ({@code 127.1}, {@code 0x7f.1}, {@code 2130706433}: inet_aton
 * of POSIX). They become addresses here, and what ends in a number but is no address is no host at all, as in the URL
 * standard (host parsing, "ends in a number checker"): no name of the DNS does. So no rule about addresses is evaded by spelling.
 */
public sealed interface RequestedHost {

    /** As it is passed on to who connects. */
    String text();

    /** A name, as the client gave it; it is never resolved to be judged. */
    record Name(String text) implements RequestedHost {

        /** In lower case, without the dot at the end that a fully qualified name may have. */
        String normalized() {
            String lower = HostSyntax.lowerCase(text);
            return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        }
    }

    /** An address; IPv4 in disguise ({@code ::ffff:a.b.c.d}) is IPv4. */
    record Address(InetAddress address, String text) implements RequestedHost {}

    /** An address that came as bytes. */
    static RequestedHost of(InetAddress address) {
        return new Address(address, IpText.of(address));
    }

    /** A name or an address that came as text; empty when it can be neither. */
    static Optional<RequestedHost> of(String text) {
        if (text.indexOf(':') >= 0) {
            return ipv6(text);
        }
        if (HostSyntax.endsInNumber(text)) {
            return ipv4(text);
        }
        // A space or a NUL is in no name, and sshd ends the whole session for a NUL (sshbuf_get_cstring).
        boolean printable = text.codePoints().noneMatch(HostSyntax::isControlOrSpace);
        return printable && !text.isEmpty() ? Optional.of(new Name(text)) : Optional.empty();
    }

    private static Optional<RequestedHost> ipv4(String text) {
        try {
            return Optional.of(of(Inet4Address.ofPosixLiteral(text)));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** The zone of a link-local address (RFC 4007 11) means something to who connects only. */
    private static Optional<RequestedHost> ipv6(String text) {
        if (!HostSyntax.looksLikeIpv6(text)) {
            return Optional.empty();
        }
        int percent = text.indexOf('%');
        try {
            RequestedHost host = of(Inet6Address.ofLiteral(percent < 0 ? text : text.substring(0, percent)));
            return Optional.of(
                    percent >= 0 && host instanceof Address(var address, var literal)
                            ? new Address(address, literal + text.substring(percent))
                            : host);
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
