package dev.sshtunnels.bench.rig;

/** How far a client is from the SSH server. */
public enum Distance {
    /** On the same loopback. */
    NEAR,
    /** In a network namespace of its own, 50 ms away, to and fro together. */
    FAR
}
