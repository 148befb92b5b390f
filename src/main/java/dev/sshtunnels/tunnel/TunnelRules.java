package dev.sshtunnels.tunnel;

import dev.sshtunnels.api.ForwardSpec;
import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.ServiceSpec;
import dev.sshtunnels.api.SshTunnelSpec;
import dev.sshtunnels.api.TunnelProbe;
import java.util.ArrayList;
import java.util.List;

/** The rules of {@code crds/} for a tunnel, for where no API server checks them. */
public final class TunnelRules {

    private TunnelRules() {}

    /**
     * What the spec breaks.
     *
     * @param path where the spec stands: {@code spec}
     */
    public static List<Violation> check(SshTunnelSpec spec, String path) {
        Checks checks = new Checks();
        boolean several = !spec.forwards().isEmpty();
        boolean single = spec.mode() != null;
        checks.rule(single != several, path, "set either mode (one forward) or forwards (several)")
                .rule(
                        single || !hasFieldsOfMode(spec),
                        path,
                        "listen, gateway, target and dnsNames go with mode; with forwards put them into each item")
                .rule(
                        (spec.serverRef() != null) != (spec.server() != null),
                        path,
                        "set exactly one of serverRef and server");
        if (spec.serverRef() != null) {
            checks.required(path + ".serverRef.name", spec.serverRef().name())
                    .shape(path + ".serverRef.name", spec.serverRef().name(), Shapes::label)
                    .shape(path + ".serverRef.namespace", spec.serverRef().namespace(), Shapes::label);
        }
        forwards(checks, spec, path);
        service(checks, spec, path + ".service");
        probe(checks, spec.probe(), path + ".probe");
        checks.rule(
                spec.access() == null || spec.access().socks() == null || hasMode(spec, Mode.D),
                path,
                "access.socks is for SOCKS proxies; it needs a forward of mode D");
        List<Violation> all = new ArrayList<>(checks.violations());
        if (spec.server() != null) {
            all.addAll(ServerRules.check(spec.server(), path + ".server"));
        }
        return List.copyOf(all);
    }

    private static boolean hasFieldsOfMode(SshTunnelSpec spec) {
        return spec.listen() != null
                || spec.gateway() != null
                || spec.target() != null
                || !spec.dnsNames().isEmpty();
    }

    private static void forwards(Checks checks, SshTunnelSpec spec, String path) {
        List<ForwardSpec> forwards = spec.forwards();
        if (spec.mode() != null) {
            ForwardRules.check(checks, Forwards.single(spec), path);
        }
        checks.rule(forwards.size() <= 16, path + ".forwards", "must have at most 16 items");
        for (int i = 0; i < forwards.size(); i++) {
            String at = path + ".forwards[" + i + "]";
            checks.required(at + ".name", forwards.get(i).name())
                    .shape(at + ".name", forwards.get(i).name(), Shapes::label)
                    .required(at + ".mode", forwards.get(i).mode());
            ForwardRules.check(checks, forwards.get(i), at);
        }
        ForwardRules.together(checks, forwards, path + ".forwards");
    }

    private static void service(Checks checks, SshTunnelSpec spec, String path) {
        ServiceSpec service = spec.service();
        if (service == null) {
            return;
        }
        boolean enabled = Boolean.TRUE.equals(service.enabled());
        checks.rule(
                        !enabled || spec.mode() != Mode.R,
                        path,
                        "mode R listens on the SSH server, so there is nothing for a Service to point at; remove enabled")
                .rule(
                        !enabled || spec.forwards().isEmpty() || hasMode(spec, Mode.L) || hasMode(spec, Mode.D),
                        path,
                        "all forwards are of mode R, so there is nothing for a Service to point at; remove enabled")
                .rule(
                        !Boolean.FALSE.equals(service.enabled())
                                || spec.forwards().stream().noneMatch(forward -> forward.service() != null),
                        path,
                        "enabled false contradicts the service of a forward; remove one of them")
                .shape(path + ".name", service.name(), Shapes::label);
    }

    private static void probe(Checks checks, TunnelProbe probe, String path) {
        if (probe != null) {
            checks.rule(
                    !"Expect".equals(probe.type()) || probe.expectPrefix() != null,
                    path,
                    "probe type Expect needs expectPrefix, the first bytes of a good answer");
        }
    }

    private static boolean hasMode(SshTunnelSpec spec, Mode mode) {
        return spec.mode() == mode || spec.forwards().stream().anyMatch(forward -> forward.mode() == mode);
    }
}
