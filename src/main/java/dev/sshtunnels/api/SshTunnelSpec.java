package dev.sshtunnels.api;

import java.util.List;

/** One forward ({@code mode} and its fields) or several ({@code forwards}) over one server. */
public record SshTunnelSpec(
        Mode mode,
        Listen listen,
        Boolean gateway,
        Target target,
        List<String> dnsNames,
        List<ForwardSpec> forwards,
        ServerRef serverRef,
        SshServerSpec server,
        ServiceSpec service,
        Access access,
        TunnelProbe probe,
        ForwardFailurePolicy forwardFailurePolicy,
        Boolean suspend,
        String expireAt) {
    public SshTunnelSpec {
        dnsNames = dnsNames == null ? List.of() : List.copyOf(dnsNames);
        forwards = forwards == null ? List.of() : List.copyOf(forwards);
    }
}
