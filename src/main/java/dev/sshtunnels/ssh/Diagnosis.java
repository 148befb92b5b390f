package dev.sshtunnels.ssh;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.ssh.SessionJournal.AuthFailure;
import dev.sshtunnels.ssh.SessionJournal.Disagreement;
import dev.sshtunnels.ssh.SessionJournal.Disconnect;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.PeerText;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.sshd.common.SshConstants;

/** Tells from what was seen of a session why it did not come up, or why it ended. */
final class Diagnosis {

    private static final int TEXT = 200;
    private static final int GREETING = 64;

    /** OpenSSH and Go say "too many authentication failures", with the reason PROTOCOL_ERROR. */
    private static final Pattern REFUSING =
            Pattern.compile("too many.*auth|auth.*fail|not auth|denied", Pattern.CASE_INSENSITIVE);

    private final String server;
    private final SessionJournal seen;
    private final LastAnswer lastAnswer;

    /**
     * For one session.
     *
     * @param server as messages shall name it: host, port and the address that was connected to
     * @param lastAnswer of this server to this user and key
     */
    Diagnosis(String server, SessionJournal seen, LastAnswer lastAnswer) {
        this.server = server;
        this.seen = seen;
        this.lastAnswer = lastAnswer;
    }

    /** The session ended before the first key exchange was done. */
    Finding handshakeFailed() {
        return seen.hostKeyRefused()
                .map(refused -> new Finding(refused.reason(), refused.message()))
                .or(() -> seen.disagreement().map(this::noCommonAlgorithm))
                .or(this::notIdentified)
                .orElseGet(this::ended);
    }

    private Optional<Finding> notIdentified() {
        return seen.identified() ? Optional.empty() : Optional.of(greetingIsWrong());
    }

    private Finding greetingIsWrong() {
        // Only what comes first: later words, such as a web server's clock, differ each time.
        String text = seen.greeting().stream()
                .map(line -> PeerText.printable(line, GREETING))
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
        if (!text.isEmpty()) {
            return notToday(text)
                    .orElseGet(() -> finding(
                            Reason.NotAnSshServer,
                            "is no SSH 2 server, it says: \"" + text + "\"; check host and port"));
        }
        String error = seen.error().filter(e -> !isLoss(e)).map(this::text).orElse("");
        return error.isEmpty()
                ? closedAtOnce()
                : finding(Reason.NotAnSshServer, "is no SSH server: " + error + "; check host and port");
    }

    /** What OpenSSH says instead of its identification (sshd.c, {@code drop_connection}). */
    private Optional<Finding> notToday(String text) {
        if (text.contains("Exceeded MaxStartups")) {
            return Optional.of(finding(
                    Reason.ServerBusy,
                    "has too many logins under way: \"" + text
                            + "\"; raise MaxStartups in its sshd_config if it lasts"));
        }
        if (text.contains("Not allowed at this time")) {
            return Optional.of(finding(
                    Reason.BannedByServer,
                    "has banned this address for a while: \"" + text + "\"; mend what it rejected, or exempt the"
                            + " address (sshd_config PerSourcePenaltyExemptList)"));
        }
        return Optional.empty();
    }

    private Finding closedAtOnce() {
        return lastAnswer == LastAnswer.REFUSAL
                ? finding(
                        Reason.BannedByServer,
                        "closed the connection without identifying itself, after it had rejected the login: it may have"
                                + " banned this address for a while (sshd_config PerSourcePenalties, fail2ban); mend"
                                + " the login")
                : finding(
                        Reason.ServerBusy,
                        "closed the connection without identifying itself: it may have too many logins under way"
                                + " (sshd_config MaxStartups) or refuse this address, or what listens there passes"
                                + " connections on to an SSH server that is down");
    }

    private Finding noCommonAlgorithm(Disagreement on) {
        return finding(
                Reason.NoCommonAlgorithm,
                "and this agent have no " + on.about().getDescription() + " in common; the server offers: "
                        + PeerText.printable(String.valueOf(on.theirs()), 400) + "; this agent offers: " + on.ours()
                        + "; allow one of these in its sshd_config, or update the server");
    }

    /** Nothing came for too long before the first key exchange was done. */
    Finding handshakeTimedOut(Duration timeout) {
        String what = seen.identified()
                ? "identified itself, but did not finish the key exchange within " + seconds(timeout)
                        + "; it may be overloaded, or large packets are lost on the way (check the MTU)"
                : "accepted the connection and did not identify itself as an SSH server within " + seconds(timeout)
                        + "; check host and port";
        return finding(Reason.HandshakeTimeout, what);
    }

    Finding authenticationTimedOut(Duration timeout) {
        return finding(Reason.HandshakeTimeout, "did not answer the authentication within " + seconds(timeout));
    }

    /**
     * The server did not let the user in, or the session ended before it could.
     *
     * @param key type and fingerprint of the key that was to be offered
     * @param nothingLeft whether this side gave up, as the server takes nothing that it has
     */
    Finding authenticationFailed(String user, String key, boolean nothingLeft) {
        boolean refused = nothingLeft || seen.keyRefused();
        Optional<Disconnect> disconnect = seen.disconnect();
        if (disconnect.isPresent()) {
            return refused || refuses(disconnect.get())
                    ? finding(
                            Reason.AuthenticationFailed,
                            "ended the login of user \"" + user + "\" with the key " + key + ": \""
                                    + PeerText.printable(disconnect.get().text(), TEXT) + "\"")
                    : ended();
        }
        Optional<AuthFailure> failure = seen.authFailure();
        if (refused && failure.isPresent()) {
            return finding(Reason.AuthenticationFailed, refusal(failure.get(), user, key));
        }
        Finding ended = ended();
        boolean keyWasSent = failure.isPresent();
        return keyWasSent && ended.reason() == Reason.ConnectionReset ? unanswered(ended, user, key) : ended;
    }

    /** Whether it is about the login, and not about the server or the connection (RFC 4253 11.1). */
    private static boolean refuses(Disconnect disconnect) {
        return switch (disconnect.reason()) {
            case SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE,
                    SshConstants.SSH2_DISCONNECT_ILLEGAL_USER_NAME -> true;
            default -> REFUSING.matcher(disconnect.text()).find();
        };
    }

    /** Once it is a connection that was lost; a server that does it again refuses in this way, and may count it. */
    private Finding unanswered(Finding lost, String user, String key) {
        return lastAnswer == LastAnswer.NOT_ASKED
                ? lost
                : finding(
                        Reason.AuthenticationFailed,
                        "closed the connection instead of answering user \"" + user + "\" with the key " + key
                                + ", and did not let them in before either; its log says why (PAM ends the login"
                                + " of an account that has expired like this)");
    }

    private static String refusal(AuthFailure failure, String user, String key) {
        String methods = PeerText.printable(failure.methods(), TEXT);
        if (failure.partialSuccess()) {
            return "accepted the key " + key + " of user \"" + user + "\" but wants more: " + methods
                    + "; let this key suffice (sshd_config AuthenticationMethods publickey)";
        }
        List<String> accepted = Arrays.asList(failure.methods().split(","));
        if (!accepted.contains("publickey")) {
            return "does not let user \"" + user + "\" log in with a key, it still accepts: " + methods
                    + "; allow it there (sshd_config PubkeyAuthentication yes)";
        }
        return "refused user \"" + user + "\" with the key " + key + ", it still accepts: " + methods
                + "; check the user, and that the public key is in its authorized_keys";
    }

    /** Why the session ended. */
    Finding ended() {
        if (seen.ownEnd().isPresent()) {
            return seen.ownEnd().get();
        }
        if (seen.hostKeyRefused().isPresent()) {
            return handshakeFailed();
        }
        return seen.disconnect()
                .map(this::disconnected)
                .or(() -> seen.error().map(this::failed))
                .orElseGet(this::lost);
    }

    private Finding disconnected(Disconnect disconnect) {
        return finding(
                Reason.ServerDisconnected,
                "ended the session: \"" + PeerText.printable(disconnect.text(), TEXT) + "\" (reason "
                        + disconnect.reason() + ")");
    }

    private Finding failed(Throwable error) {
        return isLoss(error)
                ? lost()
                : finding(Reason.ProtocolError, "broke the protocol, or bytes were changed on the way: " + text(error));
    }

    private Finding lost() {
        return finding(
                Reason.ConnectionReset,
                "closed the connection without a word; its process ended, or something in between cut it");
    }

    /** An error of the socket, as opposed to one in what came over it. */
    private static boolean isLoss(Throwable error) {
        return error.getClass() == IOException.class
                || error instanceof EOFException
                || error instanceof SocketException
                || error instanceof ClosedChannelException;
    }

    private String text(Throwable error) {
        return PeerText.printable(String.valueOf(error.getMessage()), TEXT);
    }

    private Finding finding(Reason reason, String what) {
        return new Finding(reason, server + " " + what);
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
