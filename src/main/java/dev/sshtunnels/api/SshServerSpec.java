package dev.sshtunnels.api;

import java.util.List;

/** Where and how to log in, and the pods that hold the session. */
public record SshServerSpec(
        List<Endpoint> endpoints,
        EndpointPolicy endpointPolicy,
        String user,
        Auth auth,
        HostKeys hostKeys,
        AddressFamily addressFamily,
        Proxy proxy,
        String connectTimeout,
        KeepAlive keepAlive,
        Reconnect reconnect,
        Boolean compression,
        Rekey rekey,
        Algorithms algorithms,
        AgentSpec agent,
        ServerProbe probe,
        List<Jump> jump,
        AllowedNamespaces allowedNamespaces) {
    public SshServerSpec {
        endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
        jump = jump == null ? List.of() : List.copyOf(jump);
    }
}
