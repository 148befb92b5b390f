package dev.sshtunnels.agent.session;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.ssh.Login;
import dev.sshtunnels.ssh.LoginFacts;
import dev.sshtunnels.ssh.LoginFailedException;
import dev.sshtunnels.ssh.Rejections;
import dev.sshtunnels.ssh.RemoteForwarding;
import dev.sshtunnels.ssh.ServerFacts;
import dev.sshtunnels.ssh.SshConnection;
import dev.sshtunnels.ssh.SshConnector;
import dev.sshtunnels.tunnel.Finding;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;

/** Answers logins as a test wants; the supervisor's own behaviour is what is tested with it. */
final class ScriptedConnector implements SshConnector {

    final List<Login> attempts = new CopyOnWriteArrayList<>();
    final List<Rejections> rejections = new CopyOnWriteArrayList<>();
    final List<Connection> connections = new CopyOnWriteArrayList<>();
    /** An attempt waits for the gate that it finds, until it is given up. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    volatile Function<Login, Reason> outcome = login -> Reason.Connected;

    @Override
    public Connection connect(Login login, Rejections earlier) throws LoginFailedException, InterruptedException {
        CountDownLatch closed = gate;
        rejections.add(earlier);
        attempts.add(login);
        closed.await();
        Reason reason = outcome.apply(login);
        if (reason != Reason.Connected) {
            throw new LoginFailedException(
                    login.endpoints().getFirst(), new Finding(reason, "scripted " + reason), null);
        }
        Connection connection = new Connection(login);
        connections.add(connection);
        return connection;
    }

    static final class Connection implements SshConnection {

        final Login login;
        final CompletableFuture<Finding> closed = new CompletableFuture<>();

        private Connection(Login login) {
            this.login = login;
        }

        void lose(Reason reason) {
            closed.complete(new Finding(reason, "scripted " + reason));
        }

        @Override
        public ServerFacts server() {
            return new ServerFacts(login.endpoints().getFirst(), "SSH-2.0-test", "SHA256:x", "kex", "cipher");
        }

        @Override
        public LoginFacts login() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Channels channels() {
            throw new UnsupportedOperationException();
        }

        @Override
        public RemoteForwarding remoteForwarding() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onRoundTrip(Consumer<Duration> listener) {
            listener.accept(Duration.ofMillis(30));
        }

        @Override
        public CompletionStage<Finding> closed() {
            return closed;
        }

        @Override
        public void close() {
            lose(Reason.ServerDisconnected);
        }
    }
}
