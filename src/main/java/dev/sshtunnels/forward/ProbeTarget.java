package dev.sshtunnels.forward;

import dev.sshtunnels.tunnel.Destination;

/** A target that can be probed, and the way to it. */
record ProbeTarget(Destination destination, ProbeLink.Opener links) {}
