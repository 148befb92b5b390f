package dev.sshtunnels.bench.rig;

/** What the forwards lead to. */
public enum Target {
    /** An iperf3 server. */
    BULK,
    /** nginx, which answers every request with two bytes. */
    HTTP,
    /** A sockperf server, which sends back what it gets. */
    ECHO
}
