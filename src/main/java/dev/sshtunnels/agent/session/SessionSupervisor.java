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
import dev.sshtunnels.ssh.Rejections;
import dev.sshtunnels.ssh.SshConnection;
import dev.sshtunnels.ssh.SshConnector;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Keeps a session up for as long as the process lives: no failure ends it. Runs on a thread of its own and ends when
 * that thread is interrupted.
 *
 * <p>A changed login takes the place of a running session only once it works: the new session comes up first, then the
 * forwards move, and the old session stays until its connections have ended or the drain time is over. Logins are tried
 * beside it, so that it hears of a loss and of other changes meanwhile.
 */
public final class SessionSupervisor implements Runnable {

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
    private PendingLogin pending;
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
            giveUpPending();
            end.drain(active, plans.get());
            witness.state(new SessionState.Stopped(), plans.get().server().generation());
        }
    }

    /** Does what is to be done now; the time until something is to be done even if nothing happens. */
    private Duration step(Plan plan) {
        if (active != null) {
            active.forwards().apply(plan);
        }
        return switch (logins.apply(plan.server())) {
            case Resolution.Broken(Finding finding) -> unresolved(plan, finding);
            case Resolution.Ready(Login login, RetryPolicy policy) -> resolved(plan, login, policy);
        };
    }

    private Duration unresolved(Plan plan, Finding finding) {
        giveUpPending();
        retry = null;
        tell(plan, active == null ? new SessionState.Unresolved(finding) : connected(finding));
        return UNTIL_SOMETHING_HAPPENS;
    }

    private Duration resolved(Plan plan, Login login, RetryPolicy policy) {
        if (active != null && !LoginChange.needsNewSession(active.login(), login)) {
            giveUpPending();
            retry = null;
            tell(plan, connected(null));
            return UNTIL_SOMETHING_HAPPENS;
        }
        if (pending != null && !LoginChange.same(pending.login(), login)) {
            giveUpPending();
        }
        if (retry != null && !LoginChange.same(retry.login(), login)) {
            retry = null;
        }
        tellUnderWay(plan, login, policy);
        if (pending == null && (retry == null || !clock.instant().isBefore(retry.due()))) {
            attempt(login, policy);
        }
        return pending == null ? Duration.between(clock.instant(), retry.due()) : UNTIL_SOMETHING_HAPPENS;
    }

    /** The last failure stands until the next outcome; what goes on with its former login stays as it was told. */
    private void tellUnderWay(Plan plan, Login login, RetryPolicy policy) {
        if (retry != null) {
            tell(
                    plan,
                    active == null
                            ? new SessionState.Waiting(retry.finding(), retry.endpoint(), retry.within(policy))
                            : connected(retry.finding()));
        } else if (active == null) {
            tell(plan, new SessionState.Connecting(login.endpoints().getFirst()));
        }
    }

    private void attempt(Login login, RetryPolicy policy) {
        PendingLogin started = PendingLogin.start(login, policy, connector, rejections());
        pending = started;
        started.onOutcome(outcome -> events.add(() -> concluded(started, outcome)));
    }

    private void giveUpPending() {
        if (pending != null) {
            pending.giveUp();
            pending = null;
        }
    }

    private void concluded(PendingLogin tried, PendingLogin.Outcome outcome) {
        if (tried != pending) {
            return;
        }
        pending = null;
        switch (outcome) {
            case PendingLogin.Outcome.LoggedIn(SshConnection connection) -> {
                witness.attempted(Reason.Connected);
                // Documents may have changed while it connected.
                adopt(connection, tried.login(), tried.policy(), plans.get());
            }
            case PendingLogin.Outcome.Failed(Finding finding, HostPort endpoint) -> {
                witness.attempted(finding.reason());
                retry = Retry.afterFailure(
                        series(), tried.login(), finding, endpoint, tried.policy(), clock.instant(), random);
            }
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
        if (retry != null || pending != null) {
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
