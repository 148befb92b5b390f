package dev.sshtunnels.api;

/** When session keys are renewed (ssh_config {@code RekeyLimit}). */
public record Rekey(String bytes, String interval) {}
