package dev.sshtunnels.api;

/** What happens with a host key that is not known (ssh_config {@code StrictHostKeyChecking}). */
public enum HostKeyPolicy {
    Strict,
    AcceptNew,
    Insecure
}
