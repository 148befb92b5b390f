package dev.sshtunnels.agent.status;

import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.report.AgentReport;
import dev.sshtunnels.report.ForwardReport;
import dev.sshtunnels.report.TunnelReport;
import java.util.Optional;

/**
 * When clients may be sent here: the session is up and every local listener has been decided. A listener that failed for
 * good does not hold back its neighbours; the report tells of it.
 */
final class Readiness {

    private Readiness() {}

    /** What is missing, in one line; empty when nothing is. */
    static Optional<String> missing(AgentReport report) {
        if (!report.session().connected()) {
            return Optional.of(
                    report.session().reason() + ": " + report.session().message());
        }
        return report.tunnels().stream()
                .flatMap(tunnel -> tunnel.forwards().stream()
                        .filter(Readiness::undecided)
                        .map(forward -> describe(tunnel, forward)))
                .findFirst();
    }

    private static boolean undecided(ForwardReport forward) {
        return forward.mode() != Mode.R && forward.reason() == Reason.Establishing;
    }

    private static String describe(TunnelReport tunnel, ForwardReport forward) {
        return "forward " + new ForwardKey(tunnel.name(), forward.name()) + " is being established";
    }
}
