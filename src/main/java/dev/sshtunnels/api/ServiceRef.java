package dev.sshtunnels.api;

/** A port of a cluster Service, by number or by name. */
public record ServiceRef(String name, String namespace, String port) {}
