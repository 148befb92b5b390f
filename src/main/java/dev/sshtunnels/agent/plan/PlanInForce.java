package dev.sshtunnels.agent.plan;

import dev.sshtunnels.tunnel.Finding;
import java.util.Map;

/**
 * A plan and what keeps it, or a newer one, from being all that it could be.
 *
 * @param closedProxies why the SOCKS listeners of a tunnel let nobody in, by its name
 * @param problem why the newest documents are not in force, null when they are
 */
public record PlanInForce(Plan plan, Map<String, Finding> closedProxies, String problem) {

    public PlanInForce {
        closedProxies = Map.copyOf(closedProxies);
    }

    /** Nothing is amiss. */
    public static PlanInForce of(Plan plan) {
        return new PlanInForce(plan, Map.of(), null);
    }
}
