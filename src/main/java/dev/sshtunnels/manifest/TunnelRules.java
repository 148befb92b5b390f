package dev.sshtunnels.manifest;

import dev.sshtunnels.tunnel.IpSyntax;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Twins of the rules of {@code SshTunnel}, but for those of one forward. */
final class TunnelRules {

    static final Map<String, Predicate<Value>> TWINS = Map.ofEntries(
            Map.entry("has(self.mode) != has(self.forwards)", self -> self.has("mode") != self.has("forwards")),
            Map.entry(
                    "has(self.mode) || !(has(self.listen) || has(self.gateway) || has(self.target) || has(self.dnsNames))",
                    self -> self.has("mode")
                            || !(self.has("listen")
                                    || self.has("gateway")
                                    || self.has("target")
                                    || self.has("dnsNames"))),
            Map.entry("has(self.serverRef) != has(self.server)", self -> self.has("serverRef") != self.has("server")),
            Map.entry("""
                    !has(self.forwards) || self.forwards.all(a, a.mode == 'R' || self.forwards.all(b,
                    b.mode == 'R' || a.name == b.name
                    || (has(a.listen) && has(a.listen.port) ? a.listen.port
                    : a.mode == 'D' ? 1080 : has(a.target) && has(a.target.port) ? a.target.port : -1)
                    != (has(b.listen) && has(b.listen.port) ? b.listen.port
                    : b.mode == 'D' ? 1080 : has(b.target) && has(b.target.port) ? b.target.port : -2)))
                    """, noTwoForwards(TunnelRules::samePort)),
            Map.entry("""
                    !has(self.forwards) || self.forwards.all(a, a.mode != 'R' || self.forwards.all(b,
                    b.mode != 'R' || a.name == b.name || !has(a.listen) || !has(b.listen)
                    || !has(a.listen.port) || !has(b.listen.port) || a.listen.port == 0
                    || a.listen.port != b.listen.port))
                    """, noTwoForwards(TunnelRules::sameRemotePort)),
            Map.entry("""
                    !has(self.forwards) || self.forwards.all(a, !has(a.service) || self.forwards.all(b,
                    !has(b.service) || a.name == b.name || !has(a.service.name) || !has(b.service.name)
                    || !has(a.service.port) || !has(b.service.port)
                    || a.service.name != b.service.name || a.service.port != b.service.port))
                    """, noTwoForwards(TunnelRules::sameServicePort)),
            Map.entry("""
                    !has(self.service) || !has(self.service.enabled) || !self.service.enabled || !has(self.mode)
                    || self.mode != 'R'
                    """, self -> !self.is(true, "service", "enabled") || !self.is("R", "mode")),
            Map.entry(
                    """
                    !has(self.service) || !has(self.service.enabled) || !self.service.enabled || !has(self.forwards)
                    || self.forwards.exists(f, f.mode != 'R')
                    """,
                    self -> !self.is(true, "service", "enabled")
                            || !self.has("forwards")
                            || self.items("forwards").stream().anyMatch(f -> !f.is("R", "mode"))),
            Map.entry(
                    """
                    !has(self.service) || !has(self.service.enabled) || self.service.enabled || !has(self.forwards)
                    || !self.forwards.exists(f, has(f.service))
                    """,
                    self -> !self.is(false, "service", "enabled")
                            || self.items("forwards").stream().noneMatch(f -> f.has("service"))),
            Map.entry(
                    """
                    !has(self.access) || !has(self.access.socks)
                    || (has(self.mode) && (self.mode == 'D' || has(self.target) && has(self.target.socks)))
                    || (has(self.forwards) && self.forwards.exists(f,
                    f.mode == 'D' || has(f.target) && has(f.target.socks)))
                    """,
                    self -> !self.has("access", "socks")
                            || isProxy(self)
                            || self.items("forwards").stream().anyMatch(TunnelRules::isProxy)),
            Map.entry(
                    """
                    !has(self.maxConnections) || !has(self.maxConnectionsPerSource)
                    || self.maxConnectionsPerSource <= self.maxConnections
                    """,
                    self -> !self.has("maxConnections")
                            || !self.has("maxConnectionsPerSource")
                            || self.at("maxConnectionsPerSource").number()
                                    <= self.at("maxConnections").number()),
            Map.entry("self in ['', '*', 'localhost'] || isIP(self)", self -> isBindAddress(self.text())),
            Map.entry("isCIDR(self)", self -> IpSyntax.isRange(self.text())));

    private TunnelRules() {}

    private static boolean isProxy(Value forward) {
        return forward.is("D", "mode") || forward.has("target", "socks");
    }

    private static Predicate<Value> noTwoForwards(BiPredicate<Value, Value> clash) {
        return self -> self.items("forwards").stream()
                .noneMatch(a -> self.items("forwards").stream().anyMatch(b -> a != b && clash.test(a, b)));
    }

    private static boolean samePort(Value a, Value b) {
        return !a.is("R", "mode") && !b.is("R", "mode") && listenPort(a) == listenPort(b) && listenPort(a) >= 0;
    }

    /** As it takes effect; -1 when the forward names none and has none to fall back on. */
    private static long listenPort(Value forward) {
        if (forward.has("listen", "port")) {
            return forward.at("listen", "port").number();
        }
        if (forward.is("D", "mode")) {
            return 1080;
        }
        return forward.has("target", "port") ? forward.at("target", "port").number() : -1;
    }

    private static boolean sameRemotePort(Value a, Value b) {
        return a.is("R", "mode")
                && b.is("R", "mode")
                && a.has("listen", "port")
                && b.has("listen", "port")
                && a.at("listen", "port").number() != 0
                && a.at("listen", "port").number() == b.at("listen", "port").number();
    }

    private static boolean sameServicePort(Value a, Value b) {
        return a.has("service", "name")
                && a.has("service", "port")
                && b.is(a.at("service", "name").text(), "service", "name")
                && b.is(a.at("service", "port").number(), "service", "port");
    }

    private static boolean isBindAddress(String text) {
        return text.isEmpty() || text.equals("*") || text.equals("localhost") || IpSyntax.isAddress(text);
    }
}
