package dev.sshtunnels.api;

/** Whether one failing forward fails all of them (ssh_config {@code ExitOnForwardFailure}). */
public enum ForwardFailurePolicy {
    Partial,
    All
}
