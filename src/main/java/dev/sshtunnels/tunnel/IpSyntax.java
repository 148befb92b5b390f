package dev.sshtunnels.tunnel;

import java.net.Inet6Address;
import java.util.regex.Pattern;

/**
 * What counts as an IP address and as a range, exactly as {@code isIP} and {@code isCIDR} of Kubernetes' CEL: IPv4 in
 * four decimal parts without leading zeros, IPv6 without zone and not an IPv4 address in disguise ({@code ::ffff:a.b.c.d}).
 */
public final class IpSyntax {

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "([.]" + BYTE + "){3}");
    private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

    private IpSyntax() {}

    /** Whether the text is an IPv4 or IPv6 address, without brackets. */
    public static boolean isAddress(String text) {
        return IPV4.matcher(text).matches() || isIpv6(text);
    }

    /** Whether the text is an address, a slash and a prefix length. */
    public static boolean isRange(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            return false;
        }
        String address = text.substring(0, slash);
        int bits = address.indexOf(':') < 0 ? 32 : 128;
        return isAddress(address) && Integer.parseInt(text.substring(slash + 1)) <= bits;
    }

    private static boolean isIpv6(String text) {
        if (!IPV6_CHARACTERS.matcher(text).matches()) {
            return false;
        }
        try {
            // A literal that is IPv4 in disguise comes back as an Inet4Address.
            return Inet6Address.ofLiteral(text) instanceof Inet6Address;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
