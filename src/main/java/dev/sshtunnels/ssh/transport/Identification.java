package dev.sshtunnels.ssh.transport;

import java.nio.ByteBuffer;

/** Cuts the server's greeting into lines (RFC 4253 4.2), so that no byte behind it is taken along. */
final class Identification {

    private Identification() {}

    /** The bytes up to and with the next line feed, or all where there is none yet. */
    static byte[] nextLine(ByteBuffer in) {
        int end = in.position();
        while (end < in.limit() && in.get(end) != '\n') {
            end++;
        }
        byte[] line = new byte[Math.min(end + 1, in.limit()) - in.position()];
        in.get(line);
        return line;
    }
}
