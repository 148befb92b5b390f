package dev.sshtunnels.api;

/** A named object of the same namespace. */
public record ObjectRef(String name) {}
