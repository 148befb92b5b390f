package dev.sshtunnels.tunnel;

import java.net.InetAddress;

/**
 * A range of IP addresses as CIDR writes it (RFC 4632 3.1, RFC 4291 2.3). An IPv4 address is never in an IPv6 range;
 * the JDK shows an IPv4-mapped IPv6 address ({@code ::ffff:10.0.0.1}) as the IPv4 address that it is.
 *
 * @param network any address of the range; bits behind the prefix do not count
 * @param prefix number of leading bits that count
 */
public record IpRange(InetAddress network, int prefix) {

    /**
     * Reads a range, or one address as the range of itself.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static IpRange parse(String text) {
        if (IpSyntax.isAddress(text)) {
            InetAddress address = InetAddress.ofLiteral(text);
            return new IpRange(address, bits(address));
        }
        if (!IpSyntax.isRange(text)) {
            throw new IllegalArgumentException("\"" + text + "\" is not a range such as 10.0.0.0/8");
        }
        int slash = text.indexOf('/');
        return new IpRange(
                InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    public boolean contains(InetAddress address) {
        byte[] wanted = network.getAddress();
        byte[] actual = address.getAddress();
        if (wanted.length != actual.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (wanted[i] != actual[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || ((wanted[whole] ^ actual[whole]) & 0xff) >>> (8 - rest) == 0;
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * 8;
    }

    /** {@code 10.0.0.0/8} */
    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
