package dev.sshtunnels.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.report.AgentReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** One fault from its injection until all is well again, with a clock. Its steps are called in their order; one thread. */
public final class Incident {

    /** How long after its bound a step is waited for, so that a failure tells how much too slow it was. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    private static final Duration EVERY = Duration.ofMillis(20);

    private final Outcomes outcomes;
    private final Row row;
    private final String what;
    private String how;
    private String shows = "";
    private Neighbour neighbour;
    private Duration longestGap;
    private long begin;
    private Measured detected;
    private Measured recovered;

    Incident(Outcomes outcomes, Row row, String what) {
        this.outcomes = outcomes;
        this.row = row;
        this.what = what;
    }

    /** A case of a row that records itself when it has passed. */
    public static Incident of(Row row, String what) {
        return new Incident(Outcomes.OF_THIS_BUILD, row, what);
    }

    /** Something that may fail in any way. */
    @FunctionalInterface
    public interface Step {
        void run() throws Exception;
    }

    /** Somebody who must not feel the fault. */
    public Incident beside(Neighbour someone, Duration bound) {
        neighbour = someone;
        longestGap = bound;
        return this;
    }

    /** Does it; the clock starts when that begins. */
    public Incident inject(String description, Step step) throws Exception {
        how = description;
        if (neighbour != null) {
            neighbour.begin();
        }
        begin = System.nanoTime();
        step.run();
        return this;
    }

    /** The agent's report says that the session is down, for one of the reasons, within the bound. */
    public Incident shows(FaultAgent agent, Duration bound, Reason... reasons) {
        List<Reason> wanted = List.of(reasons);
        AgentReport report = awaitReport(
                agent,
                bound,
                "session down with " + wanted,
                each -> !each.session().connected()
                        && wanted.contains(each.session().reason()));
        shows = report.session().reason().name();
        return this;
    }

    /** A report in which something can be seen, within the bound; {@code as} is what the page says of it. */
    public Incident shows(FaultAgent agent, Duration bound, String as, Predicate<AgentReport> visible) {
        awaitReport(agent, bound, as, visible);
        shows = as;
        return this;
    }

    private AgentReport awaitReport(FaultAgent agent, Duration bound, String wanted, Predicate<AgentReport> visible) {
        ReportWatch.Seen seen = await("a report with " + wanted + " of " + what)
                .pollInterval(EVERY)
                .atMost(bound.plus(GRACE))
                .until(() -> agent.reports().first(begin, visible), found -> found.isPresent())
                .orElseThrow();
        detected(Duration.ofNanos(seen.nanos() - begin), bound);
        return seen.report();
    }

    /** Something else that a user sees of it, for which the condition is asked again and again. */
    public Incident shows(String as, Duration bound, Callable<Boolean> condition) {
        detected(took(as, bound, condition), bound);
        shows = as;
        return this;
    }

    /** The same, measured by the caller. */
    public Incident showed(String as, Duration took, Duration bound) {
        detected(took, bound);
        shows = as;
        return this;
    }

    /** The message of the session in the last report has the text. */
    public Incident says(FaultAgent agent, String text) {
        assertThat(agent.report().orElseThrow().session().message()).contains(text);
        return this;
    }

    /** The session stayed up all the time since the fault began. */
    public Incident keepsSession(FaultAgent agent) {
        assertThat(agent.reports().first(begin, report -> !report.session().connected()))
                .as("a lost session")
                .isEmpty();
        if (detected == null) {
            shows = "nothing: the session stays";
        }
        return this;
    }

    /** The fault stays for so long. */
    public Incident lasts(Duration duration) {
        await("the time of the fault")
                .pollDelay(duration)
                .atMost(duration.plus(GRACE))
                .until(() -> true);
        return this;
    }

    /** Takes the fault away; the clock starts anew when that is done. */
    public Incident end(Step step) throws Exception {
        step.run();
        begin = System.nanoTime();
        return this;
    }

    /** The condition, such as a byte through the tunnel, holds again within the bound. */
    public Incident recovers(Duration bound, Callable<Boolean> works) {
        return recovered(took("recovery", bound, works), bound);
    }

    /** The same, measured by the caller. */
    public Incident recovered(Duration took, Duration bound) {
        recovered = new Measured(took, bound);
        assertThat(took).as("recovery from: " + what).isLessThanOrEqualTo(bound);
        return this;
    }

    private void detected(Duration took, Duration bound) {
        detected = new Measured(took, bound);
        assertThat(took).as("detection of: " + what).isLessThanOrEqualTo(bound);
    }

    private Duration took(String name, Duration bound, Callable<Boolean> condition) {
        await(name + " of: " + what)
                .pollDelay(Duration.ZERO)
                .pollInterval(EVERY)
                .atMost(bound.plus(GRACE))
                .until(condition);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Nothing else suffered: records what was measured. */
    public void passed() {
        Measured gap = null;
        if (neighbour != null) {
            gap = new Measured(neighbour.largestGap(), longestGap);
            assertThat(gap.took()).as("the neighbour's largest gap").isLessThanOrEqualTo(longestGap);
        }
        outcomes.add(new Outcome(row, what, how, shows, detected, recovered, gap));
    }
}
