package dev.sshtunnels.operator.resolve;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.Finding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which tunnel has which port on the SSH server. sshd tells two listeners on one port apart by address only sometimes,
 * so a port belongs to one tunnel whatever the address; who has it already keeps it, then the older tunnel gets it.
 */
final class RemotePorts {
    private final Map<Integer, String> owners = new HashMap<>();

    /** @param candidates oldest first */
    RemotePorts(List<Candidate> candidates) {
        for (Candidate candidate : candidates) {
            candidate.runningRemotePorts().stream()
                    .filter(port -> !candidate.accepted()
                            || candidate.wantedRemotePorts().contains(port))
                    .forEach(port -> owners.putIfAbsent(port, candidate.name()));
        }
        for (Candidate candidate : candidates) {
            if (candidate.accepted()) {
                candidate.wantedRemotePorts().forEach(port -> owners.putIfAbsent(port, candidate.name()));
            }
        }
    }

    Optional<Finding> conflict(Candidate candidate) {
        return candidate.wantedRemotePorts().stream()
                .sorted()
                .filter(port -> !candidate.name().equals(owners.get(port)))
                .findFirst()
                .map(port -> new Finding(
                        Reason.RemotePortConflict,
                        "listen.port " + port + " on the SSH server belongs to SshTunnel " + owners.get(port)
                                + " of the same SshServer; choose another port"));
    }
}
