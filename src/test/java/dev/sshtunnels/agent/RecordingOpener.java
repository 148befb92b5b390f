package dev.sshtunnels.agent;

import dev.sshtunnels.forward.ForwardListener;
import dev.sshtunnels.forward.ForwardOpener;
import dev.sshtunnels.forward.OpenForward;
import dev.sshtunnels.ssh.SshConnection;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.SocksRules;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Writes down which forwards are opened and closed, in order. */
final class RecordingOpener implements ForwardOpener {

    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public OpenForward open(
            SshConnection connection, Forward forward, Supplier<SocksRules> socks, ForwardListener listener) {
        events.add("open " + forward.name());
        return connections -> events.add("close " + forward.name() + " " + connections);
    }
}
