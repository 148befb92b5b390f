package dev.sshtunnels.ssh;

import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.Timer;
import dev.sshtunnels.ssh.RemoteForwarding.Grant.Granted;
import dev.sshtunnels.ssh.RemoteForwarding.Grant.Refused;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.PeerText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Global requests (RFC 4254 4) of which the server answers each, in order; its state belongs to the event loop.
 *
 * <p>A server that refuses says why only in an SSH_MSG_DEBUG before its answer: what is heard while a request is the
 * oldest unanswered one is about that one.
 */
final class GlobalRequests implements RemoteForwarding {

    private static final Logger LOG = LoggerFactory.getLogger(GlobalRequests.class);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int HINT = 300;
    private static final String LISTEN = "tcpip-forward";
    private static final String CANCEL = "cancel-tcpip-forward";

    private final EventLoop loop;
    private final ClientSession session;
    private final Deque<Pending> unanswered = new ArrayDeque<>();
    private boolean lost;

    GlobalRequests(EventLoop loop, ClientSession session) {
        this.loop = loop;
        this.session = session;
    }

    /**
     * Gives the right to open sessions (shells, commands) up, as {@code ssh -N} does: whoever took this process over
     * could not run programs on the server by it (OpenSSH PROTOCOL 2.2). Only OpenSSH knows it.
     *
     * @param version the server's identification
     */
    void noMoreSessions(String version) {
        if (!version.startsWith("SSH-2.0-OpenSSH")) {
            return;
        }
        try {
            Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
            buffer.putString("no-more-sessions@openssh.com");
            buffer.putBoolean(false);
            session.writePacket(buffer);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the session ended as soon as it was there");
        }
    }

    @Override
    public CompletionStage<Grant> request(HostPort listen) {
        Pending pending = new Pending();
        loop.execute(() -> send(LISTEN, listen, pending));
        return pending.reply.thenApply(reply -> switch (reply) {
            case Yes yes -> new Granted(listen.port() == 0 ? yes.port : listen.port(), yes.hint);
            case No no -> new Refused(no.hint);
        });
    }

    @Override
    public CompletionStage<Boolean> cancel(HostPort listen) {
        Pending pending = new Pending();
        if (loop.isLoopThread()) {
            // At once, so that a goodbye that is asked for after it goes out after it.
            send(CANCEL, listen, pending);
        } else {
            loop.execute(() -> send(CANCEL, listen, pending));
        }
        return pending.reply.thenApply(Yes.class::isInstance);
    }

    private void send(String name, HostPort listen, Pending pending) {
        Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
        buffer.putString(name);
        buffer.putBoolean(true);
        buffer.putString(listen.host());
        buffer.putUInt(listen.port());
        pending.deadline = loop.schedule(DEADLINE, () -> timedOut(name, listen, pending));
        send(buffer, name, pending);
    }

    private void send(Buffer buffer, String name, Pending pending) {
        if (lost) {
            pending.answer(new No("the session ended"));
            return;
        }
        unanswered.add(pending);
        try {
            session.request(buffer, name, (message, reply) -> answered(pending, message, reply));
        } catch (IOException e) {
            unanswered.remove(pending);
            pending.answer(new No("the session ended"));
        }
    }

    private void answered(Pending pending, int message, Buffer reply) {
        unanswered.remove(pending);
        if (message == SshConstants.SSH_MSG_REQUEST_SUCCESS) {
            int port = reply.available() >= Integer.BYTES ? (int) reply.getUInt() : 0;
            pending.answer(new Yes(port, pending.hint.toString()));
        } else {
            pending.answer(new No(pending.hint.toString()));
        }
    }

    /** A listener that is granted too late must not stay: nobody knows of it any more. */
    private void timedOut(String name, HostPort listen, Pending pending) {
        pending.answer(new No("the server did not answer within " + DEADLINE.toSeconds() + " s"));
        if (name.equals(LISTEN)) {
            pending.late = yes -> send(
                    CANCEL, new HostPort(listen.host(), listen.port() == 0 ? yes.port : listen.port()), new Pending());
        }
    }

    /** An SSH_MSG_DEBUG arrived. */
    void debugText(String text) {
        if (!unanswered.isEmpty() && unanswered.peek().hint.length() < HINT) {
            unanswered.peek().hint.add(PeerText.printable(text, HINT));
        }
    }

    /** The session is gone; nothing will be answered any more. */
    void lost() {
        lost = true;
        List.copyOf(unanswered).forEach(pending -> pending.answer(new No("the session ended")));
        unanswered.clear();
    }

    private sealed interface Reply {}

    /** SSH_MSG_REQUEST_SUCCESS; {@code port} 0 where the server named none. */
    private record Yes(int port, String hint) implements Reply {}

    /** SSH_MSG_REQUEST_FAILURE, or none at all. */
    private record No(String hint) implements Reply {}

    /** A request on its way. */
    private static final class Pending {

        private final CompletableFuture<Reply> reply = new CompletableFuture<>();
        private final StringJoiner hint = new StringJoiner("; ");
        private Timer deadline;
        private Consumer<Yes> late = _ -> {};

        void answer(Reply found) {
            if (deadline != null) {
                deadline.cancel();
            }
            if (!reply.complete(found) && found instanceof Yes yes) {
                late.accept(yes);
            }
        }
    }
}
