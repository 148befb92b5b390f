package dev.sshtunnels.api;

/** Makes an R forward a SOCKS proxy for the server's side ({@code ssh -R port}). */
public record RemoteSocks() {}
