package dev.sshtunnels.api;

/** One key of a Secret or ConfigMap in the same namespace. */
public record ObjectKeyRef(String name, String key) {}
