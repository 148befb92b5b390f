package dev.sshtunnels.operator.status;

import dev.sshtunnels.operator.desired.Names;
import dev.sshtunnels.operator.kinds.SshServer;
import java.util.List;
import java.util.Optional;

/** What keeps agents from the newest documents: an agent takes all of them up or none. */
final class RefusedDocuments {

    private RefusedDocuments() {}

    /** In the words of the first agent that refuses them, with the remedy; empty when none does. */
    static Optional<String> by(List<Agent> agents, SshServer server) {
        return agents.stream()
                .flatMap(agent -> agent.problem().stream()
                        .map(problem -> "pod " + agent.pod() + " cannot use what is in ConfigMap "
                                + Names.agents(server) + " and goes on with its last good documents: " + problem
                                + ". Take out of the ConfigMap what the operator did not write; if that is nothing,"
                                + " give agents and operator the same version"))
                .findFirst();
    }
}
