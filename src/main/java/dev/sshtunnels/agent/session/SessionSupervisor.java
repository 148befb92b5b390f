package dev.sshtunnels.agent.session;

import dev.sshtunnels.agent.login.LoginChange;
import dev.sshtunnels.agent.login.Resolution;
import dev.sshtunnels.agent.plan.Plan;
import dev.sshtunnels.agent.retry.Retry;
import dev.sshtunnels.agent.retry.RetryPolicy;
import dev.sshtunnels.agent.retry.Series;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.forward.contract.OpenForward.Connections;
import dev.sshtunnels.ssh.Login;
import dev.sshtunnels.ssh.LoginFailedException;
import dev.sshtunnels.ssh.Rejections;
import dev.sshtunnels.ssh.SshConnection;
import dev.sshtunnels.ssh.SshConnector;
import dev.sshtunnels.tunnel.Finding;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a session up for as long as the process lives: no failure ends it. Runs on a thread of its own and ends when
 * that thread is interrupted.
 *
 * <p>A changed login takes the place of a running session only once it works: the new session comes up first, then the
 * forwards move, and the old session stays until its connections have ended or the drain time is over.
 */
public final class SessionSupervisor implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(SessionSupervisor.class);
    private static final Duration UNTIL_SOMETHING_HAPPENS = Duration.ofDays(1);

    private final Supplier<Plan> plans;
    private final Function<Plan.Server, Resolution> logins;
    private final SshConnector connector;
    private final Function<SshConnection, SessionForwards> forwards;
    private final SessionEnd end;
    private final SessionWitness witness;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();

    private ActiveSession active;
    private Retry retry;

    public SessionSupervisor(
            Supplier<Plan> plans,
            Function<Plan.Server, Resolution> logins,
            SshConnector connector,
            Function<SshConnection, SessionForwards> forwards,
            SessionEnd end,
            SessionWitness witness,
            InstantSource clock,
            RandomGenerator random) {
        this.plans = plans;
        this.logins = logins;
        this.connector = connector;
        this.forwards = forwards;
        this.end = end;
        this.witness = witness;
        this.clock = clock;
        this.random = random;
    }

    /** Documents or files changed: looks at all of them anew. Thread-safe. */
    public void changed() {
        events.add(() -> {});
    }

    @Override
    public void run() {
        try {
            while (true) {
                Duration wait = step(plans.get());
                Runnable event = events.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
                if (event != null) {
                    event.run();
                }
            }
        } catch (InterruptedException stop) {
            end.drain(active, plans.get());
            witness.state(new SessionState.Stopped(), plans.get().server().generation());
        }
    }

    /** Does what is to be done now; the time until something is to be done even if nothing happens. */
    private Duration step(Plan plan) throws InterruptedException {
        if (active != null) {
            active.forwards().apply(plan);
        }
        return switch (logins.apply(plan.server())) {
            case Resolution.Broken(Finding finding) -> unresolved(plan, finding);
            case Resolution.Ready(Login login, RetryPolicy policy) -> resolved(plan, login, policy);
        };
    }

    private Duration unresolved(Plan plan, Finding finding) {
        retry = null;
        tell(plan, active == null ? new SessionState.Unresolved(finding) : connected(finding));
        return UNTIL_SOMETHING_HAPPENS;
    }

    private Duration resolved(Plan plan, Login login, RetryPolicy policy) throws InterruptedException {
        if (active != null && !LoginChange.needsNewSession(active.login(), login)) {
            retry = null;
            tell(plan, connected(null));
            return UNTIL_SOMETHING_HAPPENS;
        }
        if (retry != null && !LoginChange.same(retry.login(), login)) {
            retry = null;
        }
        return retry != null && clock.instant().isBefore(retry.due())
                ? waiting(plan, policy)
                : attempt(plan, login, policy);
    }

    private Duration waiting(Plan plan, RetryPolicy policy) {
        tell(
                plan,
                active == null
                        ? new SessionState.Waiting(retry.finding(), retry.endpoint(), retry.within(policy))
                        : connected(retry.finding()));
        return Duration.between(clock.instant(), retry.due());
    }

    private Duration attempt(Plan plan, Login login, RetryPolicy policy) throws InterruptedException {
        if (active == null && retry == null) {
            tell(plan, new SessionState.Connecting(login.endpoints().getFirst()));
        }
        try {
            SshConnection connection = connect(login);
            witness.attempted(Reason.Connected);
            // Documents may have changed while it connected.
            adopt(connection, login, policy, plans.get());
            return UNTIL_SOMETHING_HAPPENS;
        } catch (LoginFailedException failed) {
            witness.attempted(failed.finding().reason());
            retry = Retry.afterFailure(
                    series(), login, failed.finding(), failed.endpoint(), policy, clock.instant(), random);
            return waiting(plan, policy);
        }
    }

    /** An error of the agent itself is no reason to end: it is told and tried again like any other failure. */
    private SshConnection connect(Login login) throws LoginFailedException, InterruptedException {
        try {
            return connector.connect(login, rejections());
        } catch (RuntimeException unexpected) {
            log.atError().setCause(unexpected).log("an error of the agent itself ended the login");
            String message = "the agent failed with " + unexpected.getClass().getSimpleName()
                    + " while it logged in; report it with the agent's log, which has the stack";
            throw new LoginFailedException(
                    login.endpoints().getFirst(), new Finding(Reason.ProtocolError, message), unexpected);
        }
    }

    private Series series() {
        return retry == null ? null : retry.series();
    }

    private Rejections rejections() {
        return retry == null ? Rejections.NONE : retry.series().rejections();
    }

    private void adopt(SshConnection connection, Login login, RetryPolicy policy, Plan plan) {
        ActiveSession former = active;
        active = new ActiveSession(login, policy, connection, forwards.apply(connection), clock.instant(), series());
        retry = null;
        if (former != null) {
            former.forwards().closeAll(Connections.KEEP);
            end.retire(former, plan);
        }
        tell(plan, connected(null));
        active.forwards().apply(plan);
        connection.onRoundTrip(witness::answered);
        ActiveSession adopted = active;
        connection.closed().whenComplete((finding, _) -> events.add(() -> lost(adopted, finding)));
    }

    private void lost(ActiveSession session, Finding finding) {
        if (session != active) {
            return;
        }
        active = null;
        session.forwards().closeAll(Connections.RESET);
        witness.lost(finding.reason());
        boolean wasHealthy =
                !session.since().plus(session.policy().resetAfter()).isAfter(clock.instant());
        if (retry != null) {
            // Another login is to take its place, and keeps its own time.
            return;
        }
        Series before =
                session.before() != null && wasHealthy ? session.before().healed() : session.before();
        retry = Retry.afterLoss(
                before,
                session.login(),
                finding,
                session.connection().server().endpoint(),
                session.policy(),
                clock.instant(),
                random);
    }

    private SessionState connected(Finding next) {
        return new SessionState.Connected(
                active.connection().server(), active.login().user(), next);
    }

    private void tell(Plan plan, SessionState state) {
        witness.state(state, plan.server().generation());
    }
}
