package dev.sshtunnels.report;

import dev.sshtunnels.api.Reason;

/**
 * The SSH session of an agent.
 *
 * @param connected whether an authenticated session is up
 * @param reason {@link Reason#Connected}, or why not
 * @param message what failed, where, how to mend it, and when the next try is
 * @param generation {@code metadata.generation} of the server document in force, 0 when it has none
 * @param endpoint {@code host:port} of the session, or of the last attempt; null before the first
 * @param serverVersion the server's identification string (RFC 4253 4.2), null while unknown
 * @param hostKeyFingerprint {@code SHA256:...} as {@code ssh-keygen -lf} prints it, null while unknown
 * @param kex negotiated key exchange, null while unknown
 * @param cipher negotiated cipher towards the server, null while unknown
 * @param pendingReason why the login that the documents ask for now could not take the place of this session's, null when
 *     nothing is in its way; always null while there is no session
 * @param pendingMessage the same in words, null when {@code pendingReason} is
 */
public record SessionReport(
        boolean connected,
        Reason reason,
        String message,
        long generation,
        String endpoint,
        String serverVersion,
        String hostKeyFingerprint,
        String kex,
        String cipher,
        Reason pendingReason,
        String pendingMessage) {}
