package dev.sshtunnels.operator.resolve;

import dev.sshtunnels.api.ForwardSpec;
import dev.sshtunnels.api.Mode;
import dev.sshtunnels.operator.desired.EffectiveForwards;
import dev.sshtunnels.operator.desired.PortBook;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.tunnel.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A tunnel on its way into a plan.
 *
 * @param tunnel as the user wants it
 * @param running its document as the agents have it, null when they have none
 * @param rejected why it cannot be as the user wants it
 */
record Candidate(SshTunnel tunnel, SshTunnel running, Optional<Finding> rejected) {

    Candidate reject(Finding finding) {
        return new Candidate(tunnel, running, Optional.of(finding));
    }

    String name() {
        return tunnel.getMetadata().getName();
    }

    boolean accepted() {
        return rejected.isEmpty();
    }

    /** Forwards as the user wrote them. */
    List<ForwardSpec> wanted() {
        return EffectiveForwards.of(tunnel.getSpec());
    }

    /** Ports that it asks for on the server; 0 is never in conflict. */
    Set<Integer> wantedRemotePorts() {
        return remotePorts(wanted());
    }

    Set<Integer> runningRemotePorts() {
        return running == null ? Set.of() : remotePorts(running.getSpec().forwards());
    }

    /** Keys in the port book: of the wanted forwards, or of the running ones while an edit is rejected. */
    List<String> portKeys() {
        List<ForwardSpec> forwards = accepted()
                ? wanted()
                : running == null ? List.of() : running.getSpec().forwards();
        return forwards.stream()
                .filter(forward -> forward.mode() != Mode.R)
                .map(forward -> PortBook.key(name(), forward.name()))
                .toList();
    }

    /** The tunnel as the agents are to have it: the last good version while an edit is rejected; null when they have none. */
    private SshTunnel inForce() {
        return accepted() ? tunnel : running;
    }

    /** Generation that the agents are to have, 0 for none. */
    long runningGeneration() {
        return inForce() == null ? 0 : inForce().getMetadata().getGeneration();
    }

    /** Secrets that the agents need for it. */
    Set<String> secrets() {
        return inForce() == null ? Set.of() : inForce().secrets();
    }

    private static Set<Integer> remotePorts(List<ForwardSpec> forwards) {
        return forwards.stream()
                .filter(forward -> forward.mode() == Mode.R)
                .filter(forward -> forward.listen() != null && forward.listen().port() != null)
                .map(forward -> forward.listen().port())
                .filter(port -> port != 0)
                .collect(Collectors.toSet());
    }
}
