package dev.sshtunnels.faults.inject;

/** A direction through a middlebox. */
public enum Way {
    TO_SERVER,
    TO_CLIENT
}
