package dev.sshtunnels.tunnel;

import dev.sshtunnels.api.ForwardSpec;
import dev.sshtunnels.api.SocksAccess;
import dev.sshtunnels.api.SshTunnelSpec;
import java.util.ArrayList;
import java.util.List;

/** Rules that the schema cannot express: what it lets through and nobody could, or should, put into force. */
public final class SpecRules {

    private SpecRules() {}

    /** Fields of a tunnel that mean nothing, or more than was meant. */
    public static List<Violation> inTunnel(SshTunnelSpec spec, String path) {
        SocksAccess socks = spec.access() == null ? null : spec.access().socks();
        List<Violation> found = new ArrayList<>();
        if (socks != null) {
            unreadable(socks.allow(), path + ".access.socks.allow", found);
        }
        boolean guarded = socks != null
                && (socks.credentialsSecretRef() != null || !socks.allow().isEmpty());
        if (!guarded && Forwards.written(spec).stream().anyMatch(SpecRules::isProxyForStrangers)) {
            found.add(new Violation(
                    path + ".access.socks",
                    "is needed: with target.socks on more than loopback, everybody who reaches the SSH server would reach"
                            + " the agent's network; list destinations in allow (\"*\" for all), or name a"
                            + " credentialsSecretRef"));
        }
        return List.copyOf(found);
    }

    private static void unreadable(List<String> allow, String path, List<Violation> found) {
        for (int i = 0; i < allow.size(); i++) {
            try {
                AllowedDestination.parse(allow.get(i));
            } catch (IllegalArgumentException wrong) {
                found.add(new Violation(path + "[" + i + "]", wrong.getMessage()));
            }
        }
    }

    /** {@code ssh -R} without a target, asked to listen for others than the server's own users. */
    private static boolean isProxyForStrangers(ForwardSpec forward) {
        if (forward.target() == null || forward.target().socks() == null) {
            return false;
        }
        String address = Forwards.listenAddress(forward);
        return !address.equals("localhost") && !address.equals("::1") && !address.startsWith("127.");
    }
}
