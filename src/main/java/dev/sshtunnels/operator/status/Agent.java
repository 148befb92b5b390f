package dev.sshtunnels.operator.status;

import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.report.TunnelReport;
import java.util.Optional;
import java.util.Set;

/**
 * One agent's pod as seen from outside, and what the agent says of itself.
 *
 * @param pod name of the pod
 * @param running whether its container runs
 * @param ready whether the pod is ready, so that Services send clients to it
 * @param container how its container fares
 * @param secrets names of the Secrets among its volumes
 * @param report its last report; empty before the first, and when it does not answer any more
 * @param silence why it has no report although it was asked; empty while it answers
 */
public record Agent(
        String pod,
        boolean running,
        boolean ready,
        AgentContainer container,
        Set<String> secrets,
        Optional<AgentReport> report,
        Optional<Silence> silence) {

    /** Why it goes on with older documents than it was given; empty when it does not. */
    Optional<String> problem() {
        return report.flatMap(said -> Optional.ofNullable(said.problem()));
    }

    /**
     * What it says of this very version of a tunnel. A report that tells no uid comes from an agent of an image before
     * there were uids; it may be about a tunnel of the name that was deleted since, so it counts for none. That ends with
     * the operator's update, which replaces the agents: they run its image.
     */
    Optional<TunnelReport> tunnel(String name, String uid, long generation) {
        return report.flatMap(said -> said.tunnels().stream()
                .filter(tunnel -> tunnel.name().equals(name))
                .filter(tunnel -> uid.equals(tunnel.uid()) && tunnel.generation() == generation)
                .findFirst());
    }
}
