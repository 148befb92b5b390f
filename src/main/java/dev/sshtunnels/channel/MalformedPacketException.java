package dev.sshtunnels.channel;

import java.io.IOException;

/** The peer broke the connection protocol; the session must end. */
public final class MalformedPacketException extends IOException {

    public MalformedPacketException(String message) {
        super(message);
    }
}
