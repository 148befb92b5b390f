package dev.sshtunnels.ssh;

import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.ssh.login.HostKey;
import dev.sshtunnels.ssh.login.KnownHosts;
import dev.sshtunnels.ssh.transport.LoopTransport;
import dev.sshtunnels.tunnel.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.kex.KexProposalOption;

/** One login at one endpoint, phase by phase, each with its deadline. */
final class LoginAttempt {

    private static final Duration LAST_WORDS = Duration.ofMillis(250);

    private final EventLoop loop;
    private final SshClients clients;
    private final Login login;
    private final KnownHosts knownHosts;
    private final HostPort endpoint;
    private final LastAnswer lastAnswer;
    private final SessionJournal journal = new SessionJournal();

    /** @param lastAnswer of the endpoint to this login */
    LoginAttempt(
            EventLoop loop,
            SshClients clients,
            Login login,
            KnownHosts knownHosts,
            HostPort endpoint,
            LastAnswer lastAnswer) {
        this.loop = loop;
        this.clients = clients;
        this.login = login;
        this.knownHosts = knownHosts;
        this.endpoint = endpoint;
        this.lastAnswer = lastAnswer;
    }

    /** An authenticated session; after a failure nothing is left open. */
    SshConnection run() throws PhaseFailure, InterruptedException {
        SocketChannel socket = Dialer.dial(endpoint, login.addressFamily(), login.connectTimeout());
        SshClient client = clients.build(login, knownHosts, endpoint, journal);
        ClientSession session = null;
        boolean up = false;
        try {
            Diagnosis diagnosis = new Diagnosis(nameOf(socket), journal, lastAnswer);
            client.start();
            session = open(client, socket);
            exchangeKeys(diagnosis);
            authenticate(session, diagnosis);
            SshConnection connection =
                    MinaConnection.of(loop, client, session, facts(session), login, journal, diagnosis);
            up = true;
            return connection;
        } catch (IOException e) {
            throw new PhaseFailure(
                    Phase.HANDSHAKE, new Diagnosis(endpoint.toString(), journal, lastAnswer).handshakeFailed());
        } finally {
            if (!up) {
                abandon(client, session, socket);
            }
        }
    }

    /** Host, port and, where the host is a name, the address that answered. */
    private String nameOf(SocketChannel socket) {
        String address = socket.socket().getInetAddress().getHostAddress();
        return address.equals(endpoint.host()) ? endpoint.toString() : endpoint + " (" + address + ")";
    }

    private ClientSession open(SshClient client, SocketChannel socket) throws IOException, InterruptedException {
        InetSocketAddress address = (InetSocketAddress) socket.getRemoteAddress();
        HostConfigEntry host =
                new HostConfigEntry("", address.getAddress().getHostAddress(), address.getPort(), login.user(), null);
        host.setIdentitiesOnly(true);
        CompletableFuture<ClientSession> session = new CompletableFuture<>();
        client.connect(host, AttributeRepository.ofKeyValuePair(LoopTransport.CONNECTED, socket), null)
                .addListener(future -> {
                    if (future.getException() == null) {
                        session.complete(future.getSession());
                    } else {
                        session.completeExceptionally(future.getException());
                    }
                });
        try {
            return session.get();
        } catch (ExecutionException e) {
            throw new IOException("no session over the socket", e.getCause());
        }
    }

    private void exchangeKeys(Diagnosis diagnosis) throws PhaseFailure, InterruptedException {
        try {
            journal.keysEstablished().get(login.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new PhaseFailure(Phase.HANDSHAKE, diagnosis.handshakeFailed());
        } catch (TimeoutException e) {
            throw new PhaseFailure(Phase.HANDSHAKE, diagnosis.handshakeTimedOut(login.connectTimeout()));
        }
    }

    private void authenticate(ClientSession session, Diagnosis diagnosis)
            throws PhaseFailure, IOException, InterruptedException {
        session.addPublicKeyIdentity(login.identity());
        CompletableFuture<Void> authenticated = new CompletableFuture<>();
        session.auth().addListener(future -> {
            if (future.isSuccess()) {
                authenticated.complete(null);
            } else {
                authenticated.completeExceptionally(new IOException("not authenticated", future.getException()));
            }
        });
        try {
            authenticated.get(login.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            awaitLastWords();
            String key = HostKey.of(login.identity().getPublic()).toString();
            throw new PhaseFailure(
                    authenticationPhase(),
                    diagnosis.authenticationFailed(
                            login.user(), key, nothingLeft(e.getCause().getCause())));
        } catch (TimeoutException e) {
            throw new PhaseFailure(authenticationPhase(), diagnosis.authenticationTimedOut(login.connectTimeout()));
        }
    }

    /** The key goes out with the answer to the request for "none", which says whether the server takes keys. */
    private Phase authenticationPhase() {
        return journal.authFailure().isPresent() ? Phase.KEY_OFFERED : Phase.AUTHENTICATION;
    }

    /** MINA has offered what it had, or the server takes nothing of that kind; the session may go on. */
    private static boolean nothingLeft(Throwable notAuthenticated) {
        return notAuthenticated instanceof SshException failure
                && failure.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE;
    }

    /** The authentication fails a moment before the server's SSH_MSG_DISCONNECT is noted, where there was one. */
    private void awaitLastWords() throws InterruptedException {
        try {
            journal.ended().get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            // The session is still there: the server only refused.
        }
    }

    private ServerFacts facts(ClientSession session) {
        return new ServerFacts(
                endpoint,
                session.getServerVersion(),
                HostKey.of(session.getServerKey()).fingerprint(),
                session.getNegotiatedKexParameter(KexProposalOption.ALGORITHMS),
                session.getNegotiatedKexParameter(KexProposalOption.C2SENC));
    }

    private static void abandon(SshClient client, ClientSession session, SocketChannel socket) {
        if (session != null) {
            session.close(true);
        }
        client.stop();
        try {
            socket.close();
        } catch (IOException _) {
            // Closed all the same.
        }
    }
}
