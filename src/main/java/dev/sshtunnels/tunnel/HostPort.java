package dev.sshtunnels.tunnel;

/**
 * A host name or IP literal with a TCP port.
 *
 * @param host name or literal; IPv6 without brackets
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) implements Destination {

    public HostPort {
        if (host == null) {
            throw new IllegalArgumentException("host is missing");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
    }

    /** {@code host:port}, an IPv6 literal in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
