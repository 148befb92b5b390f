package dev.sshtunnels.api;

/** Which addresses of a name are tried (ssh_config {@code AddressFamily}). */
public enum AddressFamily {
    Any,
    IPv4,
    IPv6
}
