package dev.sshtunnels.api;

/** The server that carries a tunnel, as its agents see it. */
public record TunnelServerStatus(String name, String activeEndpoint) {}
