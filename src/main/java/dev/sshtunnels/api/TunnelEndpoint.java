package dev.sshtunnels.api;

/** Where clients in the cluster reach a tunnel. */
public record TunnelEndpoint(String host, Integer port, String uri) {}
