package dev.sshtunnels.api;

/** When a silent server is given up: after {@code interval} x {@code countMax} (ssh_config {@code ServerAliveInterval}, {@code ServerAliveCountMax}). */
public record KeepAlive(String interval, Integer countMax) {}
