package dev.sshtunnels.ssh;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.ssh.transport.TunnelTransport;
import dev.sshtunnels.tunnel.Finding;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session that is logged in. */
final class MinaConnection implements SshConnection {

    private static final Logger LOG = LoggerFactory.getLogger(MinaConnection.class);
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final SshClient client;
    private final ClientSession session;
    private final ServerFacts facts;
    private final LoginFacts login;
    private final SessionJournal journal;
    private final GlobalRequests requests;
    private final CompletableFuture<Finding> closed;
    private volatile Consumer<Duration> roundTrips = _ -> {};

    private MinaConnection(
            EventLoop loop,
            SshClient client,
            ClientSession session,
            ServerFacts facts,
            LoginFacts login,
            SessionJournal journal,
            Diagnosis diagnosis) {
        this.loop = loop;
        this.client = client;
        this.session = session;
        this.facts = facts;
        this.login = login;
        this.journal = journal;
        this.requests = new GlobalRequests(loop, session);
        this.closed = journal.ended().thenApply(_ -> diagnosis.ended());
    }

    /** Takes the session over: from now on its liveness is watched, and its client ends with it. */
    static MinaConnection of(
            EventLoop loop,
            SshClient client,
            ClientSession session,
            ServerFacts facts,
            Login login,
            SessionJournal journal,
            Diagnosis diagnosis) {
        MinaConnection connection =
                new MinaConnection(loop, client, session, facts, loginFacts(session, login), journal, diagnosis);
        journal.onDebugText(connection.requests::debugText);
        loop.execute(() -> connection.requests.noMoreSessions(facts.version()));
        KeepAlive keepAlive = new KeepAlive(
                loop,
                (TunnelTransport) session,
                login,
                roundTrip -> connection.roundTrips.accept(roundTrip),
                connection::giveUp);
        if (login.keepAliveInterval().isPositive()) {
            loop.execute(keepAlive::start);
        }
        connection.closed.thenRun(() -> {
            loop.execute(keepAlive::stop);
            loop.execute(connection.requests::lost);
            // Stopping waits, and this may be the loop.
            Thread.ofVirtual().name("stop ssh client").start(client::stop);
        });
        return connection;
    }

    @Override
    public ServerFacts server() {
        return facts;
    }

    private static LoginFacts loginFacts(ClientSession session, Login login) {
        InetSocketAddress server = (InetSocketAddress) session.getIoSession().getRemoteAddress();
        return new LoginFacts(
                login.user(), server.getAddress(), new LoginMac(login.identity().getPrivate()));
    }

    @Override
    public LoginFacts login() {
        return login;
    }

    @Override
    public Channels channels() {
        return ((TunnelTransport) session).channels();
    }

    @Override
    public RemoteForwarding remoteForwarding() {
        return requests;
    }

    @Override
    public void onRoundTrip(Consumer<Duration> listener) {
        roundTrips = listener;
    }

    @Override
    public CompletionStage<Finding> closed() {
        return closed.minimalCompletionStage();
    }

    /** The server is dead: a goodbye would wait in a full socket. */
    private void giveUp(Duration silence) {
        journal.endsBecause(new Finding(
                Reason.KeepAliveTimeout,
                facts.endpoint() + " has been silent for " + silence.toSeconds()
                        + " s and answers no keep-alive; the server or the network on the way is down"));
        session.close(true);
    }

    @Override
    public void close() {
        journal.endsBecause(
                new Finding(Reason.Progressing, "the session with " + facts.endpoint() + " was closed by this agent"));
        loop.execute(this::sayGoodbye);
        // A socket that is closed with unread bytes is reset, and the goodbye may be lost: let the server close first.
        await(journal.ended());
        session.close(true);
        await(journal.ended());
        client.stop();
    }

    /** SSH_MSG_DISCONNECT (RFC 4253 11.1), on the loop: after what is under way there, such as requests to end listeners. */
    private void sayGoodbye() {
        try {
            Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_DISCONNECT);
            buffer.putUInt(SshConstants.SSH2_DISCONNECT_BY_APPLICATION);
            buffer.putString("the tunnel is no longer wanted");
            buffer.putString("");
            session.writePacket(buffer);
        } catch (IOException | RuntimeException e) {
            LOG.atDebug().setCause(e).log("no goodbye to {}", facts.endpoint());
        }
    }

    private static void await(CompletableFuture<Void> end) {
        try {
            end.get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            LOG.atDebug().setCause(e).log("the session did not end in time");
        }
    }
}
