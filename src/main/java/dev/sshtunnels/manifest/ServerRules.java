package dev.sshtunnels.manifest;

import dev.sshtunnels.tunnel.IpSyntax;
import java.util.Map;
import java.util.function.Predicate;

/** Twins of the rules of {@code SshServer}, of a tunnel's inline {@code server}, and of names and hosts everywhere. */
final class ServerRules {

    static final Map<String, Predicate<Value>> TWINS = Map.ofEntries(
            Map.entry(
                    "has(self.privateKeySecretRef) || has(self.generate) || has(self.passwordSecretRef)",
                    self -> self.has("privateKeySecretRef") || self.has("generate") || self.has("passwordSecretRef")),
            Map.entry(
                    "!has(self.privateKeySecretRef) || !has(self.generate)",
                    self -> !self.has("privateKeySecretRef") || !self.has("generate")),
            Map.entry(
                    "!has(self.certificateSecretRef) || has(self.privateKeySecretRef) || has(self.generate)",
                    self -> !self.has("certificateSecretRef")
                            || self.has("privateKeySecretRef")
                            || self.has("generate")),
            Map.entry(
                    "has(self.secretRef) != has(self.configMapRef)",
                    self -> self.has("secretRef") != self.has("configMapRef")),
            Map.entry(
                    """
                    self.policy != 'Strict' || has(self.knownHostsFrom)
                    || (has(self.knownHosts) && self.knownHosts.size() > 0)
                    || (has(self.fingerprints) && self.fingerprints.size() > 0)
                    """,
                    self -> !self.is("Strict", "policy")
                            || self.has("knownHostsFrom")
                            || !self.items("knownHosts").isEmpty()
                            || !self.items("fingerprints").isEmpty()),
            Map.entry(
                    "!has(self.dnsPolicy) || self.dnsPolicy != 'None' || has(self.dnsConfig)",
                    self -> !self.is("None", "dnsPolicy") || self.has("dnsConfig")),
            Map.entry(
                    "(self.from == 'Selector') == has(self.selector)",
                    self -> self.is("Selector", "from") == self.has("selector")),
            Map.entry(
                    "!has(self.spec.jump) || !self.spec.jump.exists(hop, hop.name == self.metadata.name)",
                    self -> self.items("spec", "jump").stream()
                            .noneMatch(hop -> self.is(hop.at("name").text(), "metadata", "name"))),
            Map.entry(
                    "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
                    self -> self.at("metadata", "name").text().matches("[a-z]([-a-z0-9]*[a-z0-9])?")),
            Map.entry("""
                    isIP(self) || !self.matches('^[0-9.]+$')
                    && self.matches('^[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?[.]?$')
                    """, self -> isHost(self.text())));

    private ServerRules() {}

    private static boolean isHost(String text) {
        return IpSyntax.isAddress(text)
                || !text.matches("[0-9.]+") && text.matches("[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?[.]?");
    }
}
