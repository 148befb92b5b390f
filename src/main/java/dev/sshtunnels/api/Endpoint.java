package dev.sshtunnels.api;

/** One address of an SSH server; {@code port} is 22 when absent. */
public record Endpoint(String host, Integer port) {}
