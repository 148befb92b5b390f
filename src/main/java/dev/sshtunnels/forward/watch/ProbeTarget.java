package dev.sshtunnels.forward.watch;

import dev.sshtunnels.tunnel.Destination;

/** A target that can be probed, and the way to it. */
public record ProbeTarget(Destination destination, ProbeLink.Opener links) {}
