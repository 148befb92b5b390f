package dev.sshtunnels.api;

/** A key pair that the operator would make. */
public record GeneratedKey(String algorithm, String rotateAfter) {}
