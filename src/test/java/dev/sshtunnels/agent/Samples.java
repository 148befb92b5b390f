package dev.sshtunnels.agent;

import dev.sshtunnels.agent.plan.Plan;
import dev.sshtunnels.agent.retry.RetryPolicy;
import dev.sshtunnels.api.AddressFamily;
import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.ssh.HostKeyTrust;
import dev.sshtunnels.ssh.Login;
import dev.sshtunnels.tunnel.Checks;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;

/** Plans and logins for tests of the supervisor. */
public final class Samples {

    private Samples() {}

    public static RetryPolicy policy(Duration initial, Duration rejected) {
        return RetryPolicy.of(initial, initial.multipliedBy(4), rejected, Duration.ofSeconds(60));
    }

    /** A server that leaves everything to the defaults. */
    public static SshServerSpec bareSpec() {
        return new SshServerSpec(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    public static Plan plan(Forward... forwards) {
        return new Plan(
                new Plan.Server("bastion", 1, null, "test"),
                List.of(forwards).stream()
                        .map(forward -> new Plan.Tunnel(forward.name(), null, 1, List.of(forward), null, Checks.USUAL))
                        .toList());
    }

    public static Forward forward(String name, int port) {
        return new Forward.Local(name, new HostPort("localhost", port), new HostPort("target", port));
    }

    public static KeyPair key() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Login login(String user, KeyPair key) {
        return new Login(
                List.of(new HostPort("bastion", 22)),
                user,
                key,
                new HostKeyTrust(List.of(), List.of(), null, "test"),
                AddressFamily.Any,
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                3,
                0,
                Duration.ZERO);
    }
}
