package dev.sshtunnels.agent.session;

import dev.sshtunnels.agent.retry.RetryPolicy;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.ssh.Login;
import dev.sshtunnels.ssh.LoginFailedException;
import dev.sshtunnels.ssh.Rejections;
import dev.sshtunnels.ssh.SshConnection;
import dev.sshtunnels.ssh.SshConnector;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A login that is tried on a thread of its own: each phase at each endpoint may take all of its timeout. */
final class PendingLogin {

    private static final Logger log = LoggerFactory.getLogger(PendingLogin.class);

    private final Login login;
    private final RetryPolicy policy;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Thread thread;

    /** How it went. */
    sealed interface Outcome {

        record LoggedIn(SshConnection connection) implements Outcome {}

        /** @param endpoint that came furthest */
        record Failed(Finding finding, HostPort endpoint) implements Outcome {}
    }

    private PendingLogin(Login login, RetryPolicy policy, SshConnector connector, Rejections earlier) {
        this.login = login;
        this.policy = policy;
        this.thread = Thread.ofVirtual().name("login").unstarted(() -> attempt(connector, earlier));
    }

    /**
     * Starts an attempt.
     *
     * @param policy by which it is tried again when it fails
     * @param earlier endpoints that refused this login before
     */
    static PendingLogin start(Login login, RetryPolicy policy, SshConnector connector, Rejections earlier) {
        PendingLogin pending = new PendingLogin(login, policy, connector, earlier);
        pending.thread.start();
        return pending;
    }

    private void attempt(SshConnector connector, Rejections earlier) {
        try {
            outcome.complete(new Outcome.LoggedIn(connector.connect(login, earlier)));
        } catch (LoginFailedException failed) {
            outcome.complete(new Outcome.Failed(failed.finding(), failed.endpoint()));
        } catch (InterruptedException _) {
            // Given up: nothing is left open, and nobody waits for the outcome.
        } catch (RuntimeException | Error unexpected) {
            outcome.complete(failedByItself(unexpected));
        }
    }

    /** An error of the agent itself is no reason to end: it is told and tried again like any other failure. */
    private Outcome failedByItself(Throwable unexpected) {
        log.atError().setCause(unexpected).log("an error of the agent itself ended the login");
        String message = "the agent failed with " + unexpected.getClass().getSimpleName()
                + " while it logged in; report it with the agent's log, which has the stack";
        return new Outcome.Failed(
                new Finding(Reason.ProtocolError, message), login.endpoints().getFirst());
    }

    Login login() {
        return login;
    }

    RetryPolicy policy() {
        return policy;
    }

    /** Tells the outcome once it is known, on the attempt's thread or now. */
    void onOutcome(Consumer<Outcome> listener) {
        outcome.thenAccept(listener);
    }

    /** Ends the attempt; a session that it opened all the same is closed. */
    void giveUp() {
        thread.interrupt();
        outcome.thenAccept(late -> {
            if (late instanceof Outcome.LoggedIn(SshConnection connection)) {
                connection.close();
            }
        });
    }
}
