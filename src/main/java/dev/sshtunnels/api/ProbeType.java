package dev.sshtunnels.api;

/** How a target is checked through the tunnel; names are those of the field's values. */
public enum ProbeType {
    /** Not at all. */
    None,
    /** Connects. */
    TCP,
    /** Sends what the spec says and compares the first bytes of the answer. */
    Expect,
    /** Asks for TLS, as every client may (SSLRequest). */
    PostgreSQL,
    /** Waits for the server's initial handshake packet. */
    MySQL,
    /** PING. */
    Redis,
    /** ClientHello. */
    TLS,
    /** HEAD /. */
    HTTP
}
