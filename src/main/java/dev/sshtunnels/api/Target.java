package dev.sshtunnels.api;

/** Where a forward connects to: exactly one kind. */
public record Target(String host, Integer port, String socketPath, ServiceRef serviceRef, RemoteSocks socks) {}
