package dev.sshtunnels.manifest;

import java.util.Map;
import java.util.function.Predicate;

/** Twins of the rules for one forward: {@code spec} itself with {@code mode}, or an item of {@code spec.forwards}. */
final class ForwardRules {

    static final Map<String, Predicate<Value>> TWINS = Map.ofEntries(
            Map.entry(
                    "!has(self.mode) || self.mode == 'D' || has(self.target)",
                    self -> !self.has("mode") || mode(self, "D") || self.has("target")),
            Map.entry(
                    "!has(self.mode) || self.mode != 'D' || !has(self.target)",
                    self -> !mode(self, "D") || !self.has("target")),
            Map.entry(
                    "!has(self.mode) || self.mode != 'R' || (has(self.listen) && has(self.listen.port))",
                    self -> !mode(self, "R") || self.has("listen", "port")),
            Map.entry("""
                    !has(self.mode) || self.mode == 'R' || !has(self.listen) || !has(self.listen.port)
                    || self.listen.port > 0
                    """, self -> mode(self, "R") || !self.is(0L, "listen", "port")),
            Map.entry(
                    "!has(self.mode) || self.mode != 'L' || !has(self.target) || !has(self.target.serviceRef)",
                    self -> !mode(self, "L") || !self.has("target", "serviceRef")),
            Map.entry(
                    "!has(self.mode) || self.mode != 'L' || !has(self.target) || !has(self.target.socks)",
                    self -> !mode(self, "L") || !self.has("target", "socks")),
            Map.entry(
                    "!has(self.mode) || self.mode != 'R' || !has(self.target) || !has(self.target.socketPath)",
                    self -> !mode(self, "R") || !self.has("target", "socketPath")),
            Map.entry("""
                    !has(self.mode) || self.mode != 'L' || !has(self.target) || !has(self.target.socketPath)
                    || (has(self.listen) && has(self.listen.port))
                    """, self -> !mode(self, "L") || !self.has("target", "socketPath") || self.has("listen", "port")),
            Map.entry(
                    "!has(self.mode) || self.mode != 'R' || !has(self.dnsNames)",
                    self -> !mode(self, "R") || !self.has("dnsNames")),
            Map.entry("""
                    !has(self.gateway) || !self.gateway || !has(self.listen) || !has(self.listen.address)
                    || !(self.listen.address in ['localhost', '::1'] || self.listen.address.startsWith('127.'))
                    """, self -> !self.is(true, "gateway") || !self.has("listen", "address") || !loopback(self)),
            Map.entry("self.mode != 'R' || !has(self.service)", self -> !mode(self, "R") || !self.has("service")),
            Map.entry(
                    "[has(self.host) || has(self.port), has(self.socketPath), has(self.serviceRef), has(self.socks)]"
                            + ".filter(set, set).size() == 1",
                    ForwardRules::oneTarget),
            Map.entry("has(self.host) == has(self.port)", self -> self.has("host") == self.has("port")),
            Map.entry("""
                    type(self.port) == int ? self.port >= 1 && self.port <= 65535
                    : string(self.port).matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')
                    """, ForwardRules::portOrName));

    private ForwardRules() {}

    private static boolean mode(Value self, String mode) {
        return self.is(mode, "mode");
    }

    private static boolean loopback(Value self) {
        String address = self.at("listen", "address").text();
        return address.equals("localhost") || address.equals("::1") || address.startsWith("127.");
    }

    private static boolean oneTarget(Value self) {
        int set = self.has("host") || self.has("port") ? 1 : 0;
        for (String other : new String[] {"socketPath", "serviceRef", "socks"}) {
            set += self.has(other) ? 1 : 0;
        }
        return set == 1;
    }

    private static boolean portOrName(Value self) {
        Object port = ((Value.Scalar) self.at("port")).value();
        return port instanceof Long number
                ? number >= 1 && number <= 65_535
                : ((String) port).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    }
}
