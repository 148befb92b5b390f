package dev.sshtunnels.tunnel;

/** One entry of {@code access.socks.allow}: hosts, and ports on them. */
public record AllowedDestination(HostPattern hosts, PortRange ports) {

    /**
     * Reads a host name, {@code *.suffix}, address, range (IPv6 in brackets) or {@code *}, each with an optional port or
     * range of ports: {@code 10.20.0.0/16:5432}, {@code *.corp.example:443}, {@code [fd00::/8]:8000-8099}.
     *
     * @throws IllegalArgumentException when it is none of them, saying what is wrong
     */
    public static AllowedDestination parse(String text) {
        int hostEnd = hostEnd(text);
        String host = text.substring(0, hostEnd);
        String rest = text.substring(hostEnd);
        return new AllowedDestination(hosts(host), rest.isEmpty() ? PortRange.ALL : PortRange.parse(rest.substring(1)));
    }

    private static int hostEnd(String text) {
        int colon = text.indexOf(':', text.startsWith("[") ? text.indexOf(']') + 1 : 0);
        return colon < 0 ? text.length() : colon;
    }

    private static HostPattern hosts(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? new HostPattern.Within(ipv6(host.substring(1, host.length() - 1)))
                : HostPattern.parse(host);
    }

    private static IpRange ipv6(String text) {
        if (text.indexOf(':') < 0) {
            throw new IllegalArgumentException("\"" + text + "\" is no IPv6 address; brackets are for IPv6 only");
        }
        return IpRange.parse(text);
    }

    boolean matches(RequestedHost host, int port) {
        return ports.contains(port) && hosts.matches(host);
    }
}
