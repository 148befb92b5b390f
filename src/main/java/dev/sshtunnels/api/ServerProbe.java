package dev.sshtunnels.api;

/** Reachability probe of a server. */
public record ServerProbe(Boolean enabled, String interval) {}
