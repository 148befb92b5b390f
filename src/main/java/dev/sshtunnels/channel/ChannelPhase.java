package dev.sshtunnels.channel;

/** How far the opening of a channel has come (RFC 4254 5.1). */
enum ChannelPhase {
    /** We open it; the message waits for a key exchange to end. */
    OPEN_DUE,
    /** We asked; the peer has not answered. */
    OPEN_SENT,
    /** The peer opens it and we accept; the message waits for a key exchange to end. */
    CONFIRMATION_DUE,
    /** Both sides have agreed. */
    OPEN,
    /** The peer refused. */
    FAILED
}
