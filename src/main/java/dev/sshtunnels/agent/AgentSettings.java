package dev.sshtunnels.agent;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where an agent finds what it needs.
 *
 * @param documents files, or directories of documents
 * @param standardInput documents given as text, null for none
 * @param identity private key file that is used instead of the server's Secret, null for none
 * @param knownHosts known_hosts file that is used instead of the server's {@code knownHostsFrom}, null for none
 * @param secrets directory with a directory for each Secret, null for none
 * @param configMaps directory with a directory for each ConfigMap, null for none
 * @param management where to serve health, status and metrics, null for nowhere
 * @param shutdownDelay for how long local listeners at least go on accepting once the agent is to end: who sends clients
 *     here learns only then that the agent is not ready any more
 */
public record AgentSettings(
        List<Path> documents,
        String standardInput,
        Path identity,
        Path knownHosts,
        Path secrets,
        Path configMaps,
        InetSocketAddress management,
        Duration shutdownDelay) {

    public AgentSettings {
        documents = List.copyOf(documents);
    }
}
