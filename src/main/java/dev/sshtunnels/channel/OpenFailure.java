package dev.sshtunnels.channel;

/** Reason codes of SSH_MSG_CHANNEL_OPEN_FAILURE (RFC 4254 5.1). */
public final class OpenFailure {

    public static final int ADMINISTRATIVELY_PROHIBITED = 1;
    public static final int CONNECT_FAILED = 2;
    public static final int UNKNOWN_CHANNEL_TYPE = 3;
    public static final int RESOURCE_SHORTAGE = 4;

    private OpenFailure() {}
}
