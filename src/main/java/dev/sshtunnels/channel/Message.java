package dev.sshtunnels.channel;

/** Message numbers of the connection protocol's channels (RFC 4254 9). */
public final class Message {

    public static final int CHANNEL_OPEN = 90;
    public static final int CHANNEL_OPEN_CONFIRMATION = 91;
    public static final int CHANNEL_OPEN_FAILURE = 92;
    public static final int CHANNEL_WINDOW_ADJUST = 93;
    public static final int CHANNEL_DATA = 94;
    public static final int CHANNEL_EXTENDED_DATA = 95;
    public static final int CHANNEL_EOF = 96;
    public static final int CHANNEL_CLOSE = 97;
    public static final int CHANNEL_REQUEST = 98;
    public static final int CHANNEL_SUCCESS = 99;
    public static final int CHANNEL_FAILURE = 100;

    private Message() {}

    /** Whether a message belongs to channels. */
    public static boolean isOfChannels(int number) {
        return number >= CHANNEL_OPEN && number <= CHANNEL_FAILURE;
    }
}
