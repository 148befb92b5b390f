package dev.sshtunnels.api;

/** How several endpoints of a server are used. */
public enum EndpointPolicy {
    Failover,
    All
}
