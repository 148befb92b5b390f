package dev.sshtunnels.report;

import java.util.List;

/**
 * What an agent says of itself.
 *
 * @param revision grows by one with every change; {@code GET /status?after=<revision>} waits for a newer one
 * @param problem why the newest documents are not in force and older ones are, null when they are
 * @param session the SSH session
 * @param tunnels one entry for each tunnel document that the agent has read
 */
public record AgentReport(long revision, String problem, SessionReport session, List<TunnelReport> tunnels) {

    public AgentReport {
        tunnels = tunnels == null ? List.of() : List.copyOf(tunnels);
    }
}
