package dev.sshtunnels.api;

/** A proxy on the way to the SSH server. */
public record Proxy(String type, String host, Integer port, ObjectRef credentialsSecretRef) {}
