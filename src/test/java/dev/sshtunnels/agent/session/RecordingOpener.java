package dev.sshtunnels.agent.session;

import dev.sshtunnels.api.ProbeType;
import dev.sshtunnels.forward.ForwardOpener;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.forward.contract.OpenForward;
import dev.sshtunnels.forward.local.AdmissionGate;
import dev.sshtunnels.ssh.SshConnection;
import dev.sshtunnels.tunnel.Checks;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.TargetProbe;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down which forwards are opened and closed, in order. */
public final class RecordingOpener implements ForwardOpener {

    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public OpenForward open(
            SshConnection connection, Forward forward, AdmissionGate gate, Checks checks, ForwardListener listener) {
        events.add("open " + forward.name());
        return new OpenForward() {
            @Override
            public void close(Connections connections) {
                events.add("close " + forward.name() + " " + connections);
            }

            @Override
            public void check(Checks checks) {
                events.add("probe " + forward.name() + " "
                        + checks.target().map(TargetProbe::type).orElse(ProbeType.None));
            }
        };
    }
}
