package dev.sshtunnels.api;

import java.util.List;

/** Which host keys are trusted (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT); {@code alias} is ssh_config {@code HostKeyAlias}. */
public record HostKeys(
        HostKeyPolicy policy,
        List<String> knownHosts,
        KnownHostsSource knownHostsFrom,
        List<String> fingerprints,
        String alias) {
    public HostKeys {
        knownHosts = knownHosts == null ? List.of() : List.copyOf(knownHosts);
        fingerprints = fingerprints == null ? List.of() : List.copyOf(fingerprints);
    }
}
