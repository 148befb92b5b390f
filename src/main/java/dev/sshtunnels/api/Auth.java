package dev.sshtunnels.api;

/** How to log in. */
public record Auth(
        SecretKeyRef privateKeySecretRef,
        ObjectKeyRef certificateSecretRef,
        ObjectKeyRef passwordSecretRef,
        GeneratedKey generate) {}
