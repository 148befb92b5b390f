package dev.sshtunnels.faults.inject;

/** Packets that a {@link Site} loses, by nftables(8). Each call adds to what is lost already. */
public final class Firewall {

    private static final String TABLE = "table inet faults";

    private final Site site;

    Firewall(Site site) {
        this.site = site;
        site.run(
                "nft",
                TABLE + " { chain in { type filter hook input priority 0; };"
                        + " chain out { type filter hook output priority 0; }; }");
    }

    /** Both directions of a server's connections. */
    public void swallow(int serverPort) {
        swallowRequests(serverPort);
        swallowAnswers(serverPort);
    }

    /** What clients send to a server. */
    public void swallowRequests(int serverPort) {
        add("in", "tcp dport " + serverPort);
    }

    /** What a server sends. */
    public void swallowAnswers(int serverPort) {
        add("out", "tcp sport " + serverPort);
    }

    /** Both directions of a server's connections at one of the site's addresses. */
    public void swallow(String address, int serverPort) {
        add("in", "ip daddr " + address + " tcp dport " + serverPort);
        add("out", "ip saddr " + address + " tcp sport " + serverPort);
    }

    /** Packets of a server's connections that are longer, as a tunnel loses them that cannot tell its MTU. */
    public void swallowLongerThan(int bytes, int serverPort) {
        add("in", "tcp dport " + serverPort + " meta length > " + bytes);
        add("out", "tcp sport " + serverPort + " meta length > " + bytes);
    }

    /** TCP over IPv6. */
    public void swallowIpv6() {
        add("in", "meta nfproto ipv6 meta l4proto tcp");
    }

    /** So many packets of a hundred, at random. */
    public void lose(int percent, int serverPort) {
        add("in", "tcp dport " + serverPort + " numgen random mod 100 < " + percent);
        add("out", "tcp sport " + serverPort + " numgen random mod 100 < " + percent);
    }

    private void add(String chain, String match) {
        site.run("nft", "add rule inet faults " + chain + " " + match + " drop");
    }

    /** Nothing is lost any more. */
    public void open() {
        site.run("nft", "flush " + TABLE);
    }
}
