package dev.sshtunnels.api;

/** Probe of an R listener from its outside. */
public record RemoteProbe(Boolean enabled, String host) {}
