package dev.sshtunnels.tunnel;

/** What a tunnel does with SOCKS clients. */
public sealed interface SocksPolicy {

    /** Serves them by rules. */
    record Serve(SocksRules rules) implements SocksPolicy {}

    /** Refuses them all: something that the rules need is missing or broken, and no rules would let everybody in. */
    record RefuseAll(Finding why) implements SocksPolicy {}
}
