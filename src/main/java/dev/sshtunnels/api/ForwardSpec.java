package dev.sshtunnels.api;

import java.util.List;

/** One of several forwards of a tunnel. */
public record ForwardSpec(
        String name,
        Mode mode,
        Listen listen,
        Boolean gateway,
        Target target,
        List<String> dnsNames,
        ForwardService service) {
    public ForwardSpec {
        dnsNames = dnsNames == null ? List.of() : List.copyOf(dnsNames);
    }
}
