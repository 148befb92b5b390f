package dev.sshtunnels.tunnel;

import dev.sshtunnels.api.ForwardSpec;
import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.ServiceRef;
import dev.sshtunnels.api.Target;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules of {@code crds/} for one forward. */
final class ForwardRules {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|::1|127\\..*");
    private static final Pattern PORT_NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private final Checks checks;
    private final ForwardSpec forward;
    private final String path;

    private ForwardRules(Checks checks, ForwardSpec forward, String path) {
        this.checks = checks;
        this.forward = forward;
        this.path = path;
    }

    static void check(Checks checks, ForwardSpec forward, String path) {
        ForwardRules rules = new ForwardRules(checks, forward, path);
        rules.listen();
        if (forward.mode() != null) {
            rules.mode();
        }
        if (forward.target() != null) {
            rules.target(forward.target(), path + ".target");
        }
        checks.shapes(path + ".dnsNames", forward.dnsNames(), Shapes::dnsName);
    }

    private String address() {
        return forward.listen() == null ? null : forward.listen().address();
    }

    private Integer port() {
        return forward.listen() == null ? null : forward.listen().port();
    }

    private void listen() {
        checks.shape(path + ".listen.address", address(), Shapes::bindAddress)
                .range(path + ".listen.port", port(), 0, 65_535)
                .rule(
                        !Boolean.TRUE.equals(forward.gateway())
                                || address() == null
                                || !LOOPBACK.matcher(address()).matches(),
                        path + ".gateway",
                        "gateway true contradicts a loopback listen.address; remove one of them");
    }

    private void mode() {
        Mode mode = forward.mode();
        Target target = forward.target();
        checks.rule(
                        mode == Mode.D || target != null,
                        path + ".target",
                        "modes L and R need a target, such as {host db.internal, port 5432}")
                .rule(
                        mode != Mode.D || target == null,
                        path + ".target",
                        "mode D takes no target, because SOCKS clients name it; remove target or use mode L")
                .rule(
                        mode != Mode.R || port() != null,
                        path + ".listen",
                        "mode R needs listen.port, the port on the SSH server (0 lets the server choose)")
                .rule(
                        mode == Mode.R || port() == null || port() > 0,
                        path + ".listen",
                        "listen.port 0 is only for mode R; name a port or leave it out")
                .rule(
                        mode != Mode.R || forward.dnsNames().isEmpty(),
                        path + ".dnsNames",
                        "dnsNames is only for modes L and D, whose clients are in the cluster")
                .rule(
                        mode != Mode.R || forward.service() == null,
                        path,
                        "service is only for modes L and D; mode R listens on the SSH server");
        if (target != null) {
            targetOfMode(mode, target);
        }
    }

    private void targetOfMode(Mode mode, Target target) {
        String at = path + ".target";
        checks.rule(
                        mode != Mode.L || target.serviceRef() == null,
                        at,
                        "target.serviceRef is a Service of the cluster and only for mode R; mode L takes host and port")
                .rule(
                        mode != Mode.L || target.socks() == null,
                        at,
                        "target.socks is only for mode R; a SOCKS proxy in the cluster is mode D")
                .rule(
                        mode != Mode.R || target.socketPath() == null,
                        at,
                        "target.socketPath is a socket on the SSH server and only for mode L")
                .rule(
                        mode != Mode.L || target.socketPath() == null || port() != null,
                        path + ".listen",
                        "a target.socketPath has no port to listen on; set listen.port");
    }

    private void target(Target target, String at) {
        boolean host = target.host() != null || target.port() != null;
        long kinds = Stream.of(host, target.socketPath() != null, target.serviceRef() != null, target.socks() != null)
                .filter(set -> set)
                .count();
        checks.rule(kinds == 1, at, "set exactly one of host with port, socketPath, serviceRef or socks")
                .rule((target.host() == null) == (target.port() == null), at, "host and port go together; set both")
                .shape(at + ".host", target.host(), Shapes::host)
                .port(at + ".port", target.port())
                .rule(
                        target.socketPath() == null || target.socketPath().startsWith("/"),
                        at + ".socketPath",
                        "must be an absolute path, such as /var/run/mysqld/mysqld.sock");
        if (target.serviceRef() != null) {
            service(target.serviceRef(), at + ".serviceRef");
        }
    }

    private void service(ServiceRef service, String at) {
        checks.required(at + ".name", service.name())
                .shape(at + ".name", service.name(), Shapes::label)
                .shape(at + ".namespace", service.namespace(), Shapes::label)
                .required(at + ".port", service.port());
        if (service.port() != null) {
            checks.rule(
                    isPort(service.port()),
                    at,
                    "must be a port number from 1 to 65535 or the name of a port of the Service");
        }
    }

    private static boolean isPort(String text) {
        if (text.chars().allMatch(Character::isDigit) && text.length() <= 6) {
            int number = Integer.parseInt(text);
            return number >= 1 && number <= 65_535;
        }
        return PORT_NAME.matcher(text).matches() && text.length() <= 63;
    }

    /** Rules between the forwards of one tunnel. */
    static void together(Checks checks, List<ForwardSpec> forwards, String path) {
        for (int i = 0; i < forwards.size(); i++) {
            for (int j = 0; j < i; j++) {
                pair(checks, forwards.get(j), forwards.get(i), path, path + "[" + i + "]");
            }
        }
    }

    private static void pair(Checks checks, ForwardSpec one, ForwardSpec other, String path, String at) {
        if (one.name() != null && one.name().equals(other.name())) {
            checks.rule(
                    false, at, "Duplicate value: the name \"" + one.name() + "\" is used twice; rename one of them");
            return;
        }
        boolean remote = one.mode() == Mode.R;
        Integer port = Forwards.listenPort(one);
        if (remote != (other.mode() == Mode.R) || port == null || !port.equals(Forwards.listenPort(other))) {
            return;
        }
        checks.rule(
                        remote,
                        path.substring(0, path.lastIndexOf('.')),
                        "two forwards of mode L or D cannot listen on the same port; set listen.port on one of them")
                .rule(
                        !remote || port == 0,
                        path.substring(0, path.lastIndexOf('.')),
                        "two forwards of mode R cannot use the same remote port, not even on different addresses");
    }
}
