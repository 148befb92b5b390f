package dev.sshtunnels.api;

/** The SshServer that carries a tunnel. */
public record ServerRef(String name, String namespace) {}
