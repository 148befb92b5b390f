package dev.sshtunnels.operator.status;

import static dev.sshtunnels.api.ConditionType.Exposed;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** Whether clients reach a tunnel's listeners: by its Services (L, D), and on the server's side (R). */
final class ExposedCheck {

    private ExposedCheck() {}

    /**
     * What is worst counts: proved not to be reachable, then not known.
     *
     * @param wanted names of the Services
     * @param reachable names of Services that have a ready agent
     * @param settled whether every node has had the time to learn of these agents
     * @param refused why the API server takes no Service, in its words
     * @param remote what was found of each R listener
     */
    static Check of(
            SortedSet<String> wanted,
            Set<String> reachable,
            boolean settled,
            Optional<String> refused,
            List<Finding> remote) {
        List<Check> checks = new ArrayList<>();
        if (!wanted.isEmpty()) {
            checks.add(published(wanted, reachable, settled, refused));
        }
        remote.forEach(finding -> checks.add(remote(finding)));
        return checks.stream()
                .min(Comparator.comparing(ExposedCheck::rank))
                .orElseGet(() -> Check.unknown(Exposed, Reason.NoServiceRequested, "spec.service.enabled is false"));
    }

    private static Check published(
            SortedSet<String> wanted, Set<String> reachable, boolean settled, Optional<String> refused) {
        String services = String.join(", ", wanted)
                + refused.map(words -> ", which the API server refuses as it is to be (" + words + "),")
                        .orElse("");
        if (!reachable.containsAll(wanted)) {
            return Check.failed(
                    Exposed, Reason.NoReadyEndpoints, "Service " + services + " has no agent that is ready yet");
        }
        return settled
                ? Check.passed(Exposed, Reason.ServicePublished, "published by Service " + services)
                : Check.failed(
                        Exposed,
                        Reason.Progressing,
                        "the nodes are learning where Service " + services + " leads, which takes a second or two");
    }

    /** An agent may say anything; of exposure it can say only this. */
    private static Check remote(Finding finding) {
        return switch (finding.reason()) {
            case Verified -> Check.passed(Exposed, finding.reason(), finding.message());
            case LoopbackOnly, NotReachable -> Check.failed(Exposed, finding);
            case ProbeNotPermitted -> Check.unknown(Exposed, finding.reason(), finding.message());
            default -> Check.unknown(Exposed, Reason.NotVerified, finding.message());
        };
    }

    private static int rank(Check check) {
        return check.is(Truth.False) ? 0 : check.is(Truth.Unknown) ? 1 : 2;
    }
}
