package dev.sshtunnels.api;

/** How long to wait between attempts; durations as text. */
public record Reconnect(String initialDelay, String maxDelay, String authFailureDelay, String resetAfter) {}
