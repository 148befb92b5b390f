package dev.sshtunnels.forward.watch;

import dev.sshtunnels.probe.Greeting;
import dev.sshtunnels.tunnel.TargetProbe;

/** How to probe a target, with all that takes time to make. */
record ProbeOrder(TargetProbe probe, Greeting greeting) {}
