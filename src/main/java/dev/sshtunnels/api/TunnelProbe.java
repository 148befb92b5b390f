package dev.sshtunnels.api;

/** Probe of a target through the tunnel. */
public record TunnelProbe(
        ProbeType type,
        String interval,
        String timeout,
        Integer failureThreshold,
        String send,
        String expectPrefix,
        Boolean gateReadiness,
        RemoteProbe remote) {}
