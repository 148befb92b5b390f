package dev.sshtunnels.manifest;

import java.util.Map;
import java.util.function.Predicate;

/** Twins of the rules for {@code spec.probe} of an {@code SshTunnel}. */
final class ProbeRules {

    static final Map<String, Predicate<Value>> TWINS = Map.of(
            """
            !has(self.probe) || (has(self.probe.type) && self.probe.type == 'None')
            || (has(self.mode) && self.mode != 'D' && !(has(self.target) && has(self.target.socks)))
            || (has(self.forwards) && self.forwards.exists(f,
            f.mode != 'D' && !(has(f.target) && has(f.target.socks))))
            """,
            self -> !self.has("probe")
                    || self.is("None", "probe", "type")
                    || self.has("mode") && hasTarget(self)
                    || self.items("forwards").stream().anyMatch(ProbeRules::hasTarget),
            "!has(self.type) || self.type != 'Expect' || has(self.expectPrefix)",
            self -> !self.is("Expect", "type") || self.has("expectPrefix"),
            "!has(self.send) || (has(self.type) && self.type == 'Expect')",
            self -> !self.has("send") || self.is("Expect", "type"),
            "!has(self.expectPrefix) || (has(self.type) && self.type == 'Expect')",
            self -> !self.has("expectPrefix") || self.is("Expect", "type"));

    private ProbeRules() {}

    private static boolean hasTarget(Value forward) {
        return !forward.is("D", "mode") && !forward.has("target", "socks");
    }
}
