package dev.sshtunnels.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sshtunnels.tunnel.PeerText;
import java.util.Arrays;

/**
 * The server speaks first (MySQL client/server protocol, Protocol::HandshakeV10): its greeting, or an ERR_Packet, for
 * example because this host is blocked or too many are connected.
 *
 * <p>Who leaves after the greeting counts towards {@code max_connect_errors}, after which the server blocks the host that
 * the connection came from, and all who come the same way. So the probe says {@link MySqlFarewell good-bye} by a login as
 * nobody, which does not count.
 */
record MySqlGreeting() implements Greeting {

    private static final int HEADER = 4;
    private static final int PROTOCOL_9 = 9;
    private static final int PROTOCOL_10 = 10;
    private static final int ERROR = 0xff;
    /** After it the text: 0xff and the number of the error. */
    private static final int ERROR_TEXT = HEADER + 3;

    private static final int MAX_TEXT = 120;

    @Override
    public byte[] opening() {
        return NOTHING;
    }

    @Override
    public Verdict judge(byte[] answer) {
        if (answer.length <= HEADER) {
            return Verdict.NEED_MORE;
        }
        int end = HEADER + (answer[0] & 0xff | (answer[1] & 0xff) << 8 | (answer[2] & 0xff) << 16);
        int kind = answer[HEADER] & 0xff;
        boolean known = kind == PROTOCOL_10 || kind == PROTOCOL_9 || kind == ERROR;
        if (!known || answer[HEADER - 1] != 0 || end > MAX_ANSWER || end <= ERROR_TEXT) {
            return new Verdict.Unexpected("MySQL");
        }
        if (answer.length < end) {
            return Verdict.NEED_MORE;
        }
        return new Verdict.Alive(kind == ERROR ? "MySQL answered \"" + text(answer, end) + "\"" : "MySQL answered");
    }

    private static String text(byte[] answer, int end) {
        return PeerText.printable(new String(answer, ERROR_TEXT, end - ERROR_TEXT, UTF_8), MAX_TEXT);
    }

    @Override
    public byte[] farewell(byte[] answer) {
        boolean modern = answer[HEADER] == PROTOCOL_10;
        return modern ? MySqlFarewell.to(Arrays.copyOfRange(answer, HEADER, answer.length)) : NOTHING;
    }
}
