package dev.sshtunnels.tunnel;

import dev.sshtunnels.api.SshTunnelSpec;
import java.util.ArrayList;
import java.util.List;

/** Rules that the schema cannot express: what it lets through and nobody could put into force. */
public final class SpecRules {

    private SpecRules() {}

    /** Fields of a tunnel that mean nothing. */
    public static List<Violation> inTunnel(SshTunnelSpec spec, String path) {
        if (spec.access() == null || spec.access().socks() == null) {
            return List.of();
        }
        List<String> allow = spec.access().socks().allow();
        List<Violation> found = new ArrayList<>();
        for (int i = 0; i < allow.size(); i++) {
            try {
                AllowedDestination.parse(allow.get(i));
            } catch (IllegalArgumentException wrong) {
                found.add(new Violation(path + ".access.socks.allow[" + i + "]", wrong.getMessage()));
            }
        }
        return List.copyOf(found);
    }
}
