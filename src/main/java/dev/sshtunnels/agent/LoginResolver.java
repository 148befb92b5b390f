package dev.sshtunnels.agent;

import dev.sshtunnels.api.AddressFamily;
import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.ssh.Login;
import dev.sshtunnels.tunnel.HostPort;
import java.util.List;
import java.util.function.Supplier;

/** Gathers everything that a login needs, anew for each attempt. */
final class LoginResolver {

    private static final int SSH_PORT = 22;

    private final Supplier<References> references;
    private final AgentSettings settings;

    LoginResolver(Supplier<References> references, AgentSettings settings) {
        this.references = references;
        this.settings = settings;
    }

    Resolution resolve(Plan.Server server) {
        try {
            SshServerSpec spec = server.spec();
            ServerTimes times = ServerTimes.of(spec);
            return new Resolution.Ready(login(spec, times), times.retry());
        } catch (BrokenException broken) {
            return new Resolution.Broken(broken.finding());
        }
    }

    private Login login(SshServerSpec spec, ServerTimes times) throws BrokenException {
        References now = references.get();
        return new Login(
                endpoints(spec),
                spec.user(),
                new IdentityResolver(now.secrets(), settings.identity()).resolve(spec.auth()),
                new TrustResolver(now, settings.knownHosts()).resolve(spec.hostKeys()),
                spec.addressFamily() == null ? AddressFamily.Any : spec.addressFamily(),
                times.connectTimeout(),
                times.keepAliveInterval(),
                times.keepAliveCountMax(),
                times.rekeyBytes(),
                times.rekeyInterval());
    }

    static List<HostPort> endpoints(SshServerSpec spec) {
        return spec.endpoints().stream()
                .map(endpoint -> new HostPort(endpoint.host(), endpoint.port() == null ? SSH_PORT : endpoint.port()))
                .toList();
    }
}
