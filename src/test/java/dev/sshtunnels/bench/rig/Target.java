package dev.sshtunnels.bench.rig;

/** What the forwards lead to. */
public enum Target {
    /** An iperf3 server. */
    BULK,
    /** nginx, which answers every request with two bytes. */
    HTTP,
    /** An {@link Echo}. */
    ECHO
}
