package dev.sshtunnels.forward.watch;

import dev.sshtunnels.api.ProbeType;
import dev.sshtunnels.forward.Forwarding;
import dev.sshtunnels.forward.ForwardingScenario;
import dev.sshtunnels.tunnel.TargetProbe;
import java.time.Duration;

/** A session with a real sshd, and probes of targets behind it (L) or here (R). */
abstract class ProbeScenario extends ForwardingScenario {

    static final Duration OFTEN = Duration.ofMillis(200);
    static final Duration SELDOM = Duration.ofHours(1);
    static final Duration A_SECOND = Duration.ofSeconds(1);

    Forwarding.Opened forward(String mode, int port) throws Exception {
        return mode.equals("L") ? forwarding.local(port) : forwarding.remote(port);
    }

    static TargetProbe probe(ProbeType type, Duration interval) {
        return new TargetProbe(type, interval, A_SECOND, 2, "", "");
    }
}
