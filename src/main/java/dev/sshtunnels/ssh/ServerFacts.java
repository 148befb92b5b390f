package dev.sshtunnels.ssh;

import dev.sshtunnels.tunnel.HostPort;

/**
 * What is known of the server at the other end of a session.
 *
 * @param endpoint the endpoint as configured
 * @param version its identification string (RFC 4253 4.2)
 * @param hostKeyFingerprint {@code SHA256:...} as {@code ssh-keygen -lf} prints it
 * @param kex negotiated key exchange method
 * @param cipher negotiated cipher, client to server
 */
public record ServerFacts(HostPort endpoint, String version, String hostKeyFingerprint, String kex, String cipher) {}
