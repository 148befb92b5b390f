package dev.sshtunnels.channel;

/** Our direction of a channel (RFC 4254 5.3); what is due waits for a key exchange to end. */
enum SendingState {
    DATA,
    EOF_DUE,
    EOF_SENT,
    CLOSE_DUE,
    CLOSE_SENT;

    /** Whether the end of the whole channel was decided on this side. */
    boolean isClosing() {
        return this == CLOSE_DUE || this == CLOSE_SENT;
    }
}
