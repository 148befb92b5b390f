package dev.sshtunnels.api;

/** Where known_hosts lines are kept: exactly one of the two. */
public record KnownHostsSource(ObjectKeyRef secretRef, ObjectKeyRef configMapRef) {}
