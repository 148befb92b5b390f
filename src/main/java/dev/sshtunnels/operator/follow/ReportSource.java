package dev.sshtunnels.operator.follow;

import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.report.InvalidReportException;
import java.io.IOException;
import java.util.Optional;

/** Asks an agent for a report newer than the one at hand. */
@FunctionalInterface
interface ReportSource {

    /**
     * Waits until there is one, or for as long as one poll takes.
     *
     * @param after revision of the report at hand, 0 for none
     * @return empty when there is none newer
     * @throws IOException when the agent cannot be reached or does not answer in time
     * @throws InvalidReportException when what it answers is no report
     */
    Optional<AgentReport> poll(AgentAddress agent, long after)
            throws IOException, InvalidReportException, InterruptedException;
}
