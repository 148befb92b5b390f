package dev.sshtunnels.agent.files;

import java.nio.file.Path;
import java.util.List;

/**
 * Where an agent finds what it is told.
 *
 * @param documents files, or directories of documents
 * @param standardInput documents given as text, null for none
 * @param identity private key file that is used instead of the server's Secret, null for none
 * @param knownHosts known_hosts file that is used instead of the server's {@code knownHostsFrom}, null for none
 * @param secrets directory with a directory for each Secret, null for none
 * @param configMaps directory with a directory for each ConfigMap, null for none
 */
public record Inputs(
        List<Path> documents, String standardInput, Path identity, Path knownHosts, Path secrets, Path configMaps) {

    public Inputs {
        documents = List.copyOf(documents);
    }
}
