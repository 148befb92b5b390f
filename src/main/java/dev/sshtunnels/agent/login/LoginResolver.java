package dev.sshtunnels.agent.login;

import dev.sshtunnels.agent.files.Inputs;
import dev.sshtunnels.agent.files.References;
import dev.sshtunnels.agent.plan.Plan;
import dev.sshtunnels.api.AddressFamily;
import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.ssh.Login;
import dev.sshtunnels.tunnel.HostPort;
import java.util.List;
import java.util.function.Supplier;

/** Gathers everything that a login needs, anew for each attempt. */
public final class LoginResolver {

    private static final int SSH_PORT = 22;

    private final Supplier<References> references;
    private final Inputs inputs;

    public LoginResolver(Supplier<References> references, Inputs inputs) {
        this.references = references;
        this.inputs = inputs;
    }

    public Resolution resolve(Plan.Server server) {
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
                new IdentityResolver(now.secrets(), inputs.identity()).resolve(spec.auth()),
                new TrustResolver(now, inputs.knownHosts()).resolve(spec.hostKeys()),
                spec.addressFamily() == null ? AddressFamily.Any : spec.addressFamily(),
                times.connectTimeout(),
                times.keepAliveInterval(),
                times.keepAliveCountMax(),
                times.rekeyBytes(),
                times.rekeyInterval());
    }

    public static List<HostPort> endpoints(SshServerSpec spec) {
        return spec.endpoints().stream()
                .map(endpoint -> new HostPort(endpoint.host(), endpoint.port() == null ? SSH_PORT : endpoint.port()))
                .toList();
    }
}
