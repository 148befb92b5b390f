package dev.sshtunnels.channel;

/**
 * Where a forwarded connection comes from, as a channel's opening tells (RFC 4254 7.2). What the server tells is
 * untrusted.
 *
 * @param host IP literal, if the peer keeps to the RFC
 */
public record Originator(String host, int port) {

    /** {@code host:port}, an IPv6 literal in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
