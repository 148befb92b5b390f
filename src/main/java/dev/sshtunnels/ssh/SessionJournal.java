package dev.sshtunnels.ssh;

import dev.sshtunnels.ssh.login.HostKeyVerdict;
import dev.sshtunnels.tunnel.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.ReservedSessionMessagesHandler;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.buffer.Buffer;

/** What was seen of one session, from which {@link Diagnosis} tells why it ended. Thread-safe. */
final class SessionJournal implements SessionListener, ReservedSessionMessagesHandler {

    /** SSH_MSG_USERAUTH_FAILURE (RFC 4252 5.1). */
    record AuthFailure(String methods, boolean partialSuccess) {}

    /** SSH_MSG_DISCONNECT (RFC 4253 11.1). */
    record Disconnect(int reason, String text) {}

    /** The algorithms that both sides proposed for the one thing on which they did not agree. */
    record Disagreement(KexProposalOption about, String ours, String theirs) {}

    private final CompletableFuture<Void> keysEstablished = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final List<String> greeting = new CopyOnWriteArrayList<>();
    private volatile boolean identified;
    private volatile Disagreement disagreement;
    private volatile HostKeyVerdict hostKey;
    private volatile AuthFailure authFailure;
    private volatile boolean keyRefused;
    private volatile Disconnect disconnect;
    private volatile Throwable error;
    private volatile Finding ownEnd;
    private volatile Consumer<String> debugTexts = _ -> {};

    // ---- what MINA tells

    @Override
    public void sessionCreated(Session session) {
        session.addCloseFutureListener(_ -> {
            ended.complete(null);
            keysEstablished.completeExceptionally(new IllegalStateException("the session ended"));
        });
    }

    @Override
    public void sessionPeerIdentificationLine(Session session, String line, List<String> earlier) {
        if (greeting.size() == earlier.size()) {
            greeting.add(line);
        }
    }

    @Override
    public void sessionPeerIdentificationReceived(Session session, String version, List<String> extraLines) {
        identified = true;
    }

    @Override
    public void sessionNegotiationEnd(
            Session session,
            Map<KexProposalOption, String> ours,
            Map<KexProposalOption, String> theirs,
            Map<KexProposalOption, String> agreed,
            Throwable failure) {
        if (failure != null) {
            disagreement = KexProposalOption.VALUES.stream()
                    .filter(option -> !agreed.containsKey(option))
                    .findFirst()
                    .map(option -> new Disagreement(option, ours.get(option), theirs.get(option)))
                    .orElse(null);
        }
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event == Event.KeyEstablished) {
            keysEstablished.complete(null);
        }
    }

    @Override
    public void sessionDisconnect(Session session, int reason, String text, String language, boolean initiator) {
        if (!initiator) {
            disconnect = new Disconnect(reason, text);
        }
    }

    @Override
    public void sessionException(Session session, Throwable cause) {
        if (error == null) {
            error = cause;
        }
    }

    @Override
    public void handleDebugMessage(Session session, Buffer buffer) {
        buffer.getBoolean();
        debugTexts.accept(buffer.getString());
    }

    // ---- what others tell

    void hostKeyVerified(HostKeyVerdict verdict) {
        hostKey = verdict;
    }

    void authenticationFailed(AuthFailure failure) {
        // The first one answers the request for "none", by which a client asks for the methods (RFC 4252 5.2).
        keyRefused = authFailure != null;
        authFailure = failure;
    }

    /** The session ends because this side wants it; the first reason counts. */
    synchronized void endsBecause(Finding finding) {
        if (ownEnd == null) {
            ownEnd = finding;
        }
    }

    void onDebugText(Consumer<String> listener) {
        debugTexts = listener;
    }

    // ---- what it knows

    /** Completes when the first key exchange is done, exceptionally when the session ended before. */
    CompletableFuture<Void> keysEstablished() {
        return keysEstablished;
    }

    /** Completes when the session has ended. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    boolean identified() {
        return identified;
    }

    /** Lines before and with the identification string. */
    List<String> greeting() {
        return List.copyOf(greeting);
    }

    Optional<Disagreement> disagreement() {
        return Optional.ofNullable(disagreement);
    }

    Optional<HostKeyVerdict.Refused> hostKeyRefused() {
        return hostKey instanceof HostKeyVerdict.Refused refused ? Optional.of(refused) : Optional.empty();
    }

    /** The last one; the first tells only which methods the server takes. */
    Optional<AuthFailure> authFailure() {
        return Optional.ofNullable(authFailure);
    }

    /** Whether the server has said of the key that it does not suffice. */
    boolean keyRefused() {
        return keyRefused;
    }

    Optional<Disconnect> disconnect() {
        return Optional.ofNullable(disconnect);
    }

    Optional<Throwable> error() {
        return Optional.ofNullable(error);
    }

    Optional<Finding> ownEnd() {
        return Optional.ofNullable(ownEnd);
    }
}
