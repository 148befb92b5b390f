package dev.sshtunnels.forward.socket;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.channel.OpenFailure;
import java.util.Locale;

/** Why a target was not reached, as far as it can be told. */
public enum ConnectFailure {
    PROHIBITED(Reason.TargetProhibited, "Operation not permitted"),
    REFUSED(Reason.TargetRefused, "Connection refused"),
    UNRESOLVABLE(Reason.TargetUnresolvable, "Name or service not known"),
    TIMED_OUT(Reason.TargetTimeout, "Connection timed out"),
    NETWORK_UNREACHABLE(Reason.TargetUnreachable, "Network is unreachable"),
    HOST_UNREACHABLE(Reason.TargetUnreachable, "No route to host"),
    /** Not the target's fault: the server is out of resources, or does not know such channels. */
    SERVER(Reason.TargetUnreachable, "Resource temporarily unavailable");

    private final Reason reason;
    private final String words;

    ConnectFailure(Reason reason, String words) {
        this.reason = reason;
        this.words = words;
    }

    /** What strerror(3) and gai_strerror(3) say: what ssh tells a server whose channel it refuses. */
    public String words() {
        return words;
    }

    public Reason reason() {
        return reason;
    }

    /**
     * Reads SSH_MSG_CHANNEL_OPEN_FAILURE.
     *
     * @param code reason code of RFC 4254 5.1
     * @param description with OpenSSH, the words of strerror or gai_strerror
     */
    public static ConnectFailure of(int code, String description) {
        return switch (code) {
            case OpenFailure.ADMINISTRATIVELY_PROHIBITED -> PROHIBITED;
            case OpenFailure.CONNECT_FAILED -> of(description);
            default -> SERVER;
        };
    }

    /** Reads the words of strerror(3) or gai_strerror(3). */
    static ConnectFailure of(String words) {
        String text = words.toLowerCase(Locale.ROOT);
        if (text.contains("refused")) {
            return REFUSED;
        }
        if (text.contains("timed out")) {
            return TIMED_OUT;
        }
        if (text.contains("network is unreachable")) {
            return NETWORK_UNREACHABLE;
        }
        boolean unresolved = text.contains("name or service not known")
                || text.contains("name resolution")
                || text.contains("no address associated with")
                || text.contains("nodename nor servname");
        return unresolved ? UNRESOLVABLE : HOST_UNREACHABLE;
    }
}
