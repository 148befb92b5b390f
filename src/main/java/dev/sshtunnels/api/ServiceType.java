package dev.sshtunnels.api;

/** Type of the Service of a tunnel. */
public enum ServiceType {
    ClusterIP,
    NodePort,
    LoadBalancer,
    Headless
}
