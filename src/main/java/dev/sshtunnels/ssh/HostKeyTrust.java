package dev.sshtunnels.ssh;

import java.util.List;

/**
 * Which host keys are accepted; a key must match a known_hosts line or a fingerprint.
 *
 * @param knownHosts lines as in sshd(8), SSH_KNOWN_HOSTS FILE FORMAT, each without its line end
 * @param fingerprints {@code SHA256:...}
 * @param alias name to look up instead of the endpoint's (ssh_config {@code HostKeyAlias}), null for none
 * @param source where the lines come from, for messages: a field, a file, a ConfigMap key
 */
public record HostKeyTrust(List<String> knownHosts, List<String> fingerprints, String alias, String source) {

    public HostKeyTrust {
        knownHosts = List.copyOf(knownHosts);
        fingerprints = List.copyOf(fingerprints);
    }
}
