package dev.sshtunnels.api;

/** What became of one forward. */
public record ForwardStatus(
        String name,
        Mode mode,
        Boolean ready,
        String requestedAddress,
        String boundAddress,
        Integer port,
        String target,
        String reason,
        String message) {}
