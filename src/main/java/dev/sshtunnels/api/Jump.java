package dev.sshtunnels.api;

/** A server on the way to this one (ssh_config {@code ProxyJump}). */
public record Jump(String name) {}
