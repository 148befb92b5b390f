package dev.sshtunnels.tunnel;

/** What a forward connects to; {@code toString} writes it as ssh's command line does. */
public sealed interface Destination permits HostPort, SocketPath {}
