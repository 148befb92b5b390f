package dev.sshtunnels.tunnel;

import java.net.InetAddress;

/**
 * Addresses that begin with the same bits (RFC 4632, RFC 4291 2.3). An IPv4 address is never in a range of IPv6; one that
 * arrives as {@code ::ffff:a.b.c.d} counts as IPv4.
 *
 * @param first any address of the range
 * @param prefixLength number of bits that count, 0 to 32 or 128
 */
public record IpRange(InetAddress first, int prefixLength) {

    public IpRange {
        int bits = first.getAddress().length * Byte.SIZE;
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " is not between 0 and " + bits);
        }
    }

    /**
     * Reads {@code 10.0.0.0/8} or {@code fd00::/8}, and an address alone as the range of that one.
     *
     * @throws IllegalArgumentException when it is neither by {@link IpSyntax}
     */
    public static IpRange parse(String text) {
        if (IpSyntax.isAddress(text)) {
            InetAddress address = InetAddress.ofLiteral(text);
            return new IpRange(address, address.getAddress().length * Byte.SIZE);
        }
        if (!IpSyntax.isRange(text)) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is neither an IP address nor a range such as 10.0.0.0/8");
        }
        int slash = text.indexOf('/');
        return new IpRange(
                InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    public boolean contains(InetAddress address) {
        byte[] one = first.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        int whole = prefixLength / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (one[i] != other[i]) {
                return false;
            }
        }
        int rest = prefixLength % Byte.SIZE;
        return rest == 0 || (one[whole] ^ other[whole]) >> (Byte.SIZE - rest) == 0;
    }
}
