package dev.sshtunnels.operator.follow;

import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.report.InvalidReportException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows one agent until it is interrupted: poll, publish, poll again. */
final class Follower implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    /** Between two answers, so that an agent cannot keep the operator busy. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);
    private static final int MAX_DOUBLINGS = 6;
    /** Failures in a row after which the last report is worth nothing; one may be a cut connection. */
    private static final int SILENT = 2;

    private final AgentAddress agent;
    private final ReportSource source;
    private final Ear ear;

    /** Hears what comes of the polls. */
    interface Ear {

        void heard(AgentReport report);

        /** Two polls in a row have failed or more; called with each of them. */
        void silent(String error);
    }

    Follower(AgentAddress agent, ReportSource source, Ear ear) {
        this.agent = agent;
        this.source = source;
        this.ear = ear;
    }

    @Override
    public void run() {
        long after = 0;
        int failures = 0;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Optional<AgentReport> report = source.poll(agent, after);
                failures = 0;
                if (report.isPresent()) {
                    after = report.get().revision();
                    ear.heard(report.get());
                }
                Thread.sleep(PAUSE);
            } catch (IOException | InvalidReportException e) {
                LOG.debug("agent {} at {}: {}", agent.uid(), agent.ip(), e.getMessage());
                // A process that started anew counts its revisions from the beginning.
                after = 0;
                failures++;
                if (failures >= SILENT) {
                    ear.silent(TextLimits.text(e.getMessage()));
                }
                if (!pause(failures)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static boolean pause(int failures) {
        Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        try {
            Thread.sleep(delay.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : delay);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
