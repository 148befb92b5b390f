package dev.sshtunnels.forward;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.channel.OpenFailure;
import dev.sshtunnels.tunnel.Destination;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.PeerText;
import java.util.Locale;

/** Reads SSH_MSG_CHANNEL_OPEN_FAILURE: a code (RFC 4254 5.1) and, with OpenSSH, the words of strerror or gai_strerror. */
final class RefusedByServer {

    private static final int MAX_WORDS = 200;

    private RefusedByServer() {}

    /** What the refusal says of the target. */
    static Finding of(Destination target, int code, String description) {
        Reason reason = reason(code, description);
        return new Finding(
                reason,
                switch (reason) {
                    case TargetProhibited ->
                        target
                                + " is not permitted by the server; allow it there (AllowTcpForwarding, PermitOpen, or the key's"
                                + " permitopen option)";
                    case TargetUnresolvable -> target + ": the server does not resolve the name; check target.host";
                    case TargetRefused ->
                        target + " refused the server's connection; check that it listens on that port";
                    case TargetTimeout -> target + " did not answer the server; check that a firewall lets it through";
                    default ->
                        target + " cannot be reached by the server: " + PeerText.printable(description, MAX_WORDS);
                });
    }

    private static Reason reason(int code, String description) {
        if (code == OpenFailure.ADMINISTRATIVELY_PROHIBITED) {
            return Reason.TargetProhibited;
        }
        String text = description.toLowerCase(Locale.ROOT);
        if (text.contains("refused")) {
            return Reason.TargetRefused;
        }
        if (text.contains("timed out")) {
            return Reason.TargetTimeout;
        }
        boolean unresolved = text.contains("name or service not known")
                || text.contains("name resolution")
                || text.contains("nodename nor servname");
        return unresolved ? Reason.TargetUnresolvable : Reason.TargetUnreachable;
    }
}
