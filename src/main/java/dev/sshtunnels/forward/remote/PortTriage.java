package dev.sshtunnels.forward.remote;

import dev.sshtunnels.forward.exposure.ListenerProbe;
import dev.sshtunnels.forward.exposure.ListenerProof;
import dev.sshtunnels.forward.exposure.ProbeOutcome;
import dev.sshtunnels.forward.exposure.VantagePoints;
import dev.sshtunnels.forward.socket.ConnectFailure;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.tunnel.HostPort;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.function.Consumer;

/** Asks who has a port on the server, one address after the other until somebody is there. Event loop only. */
final class PortTriage {

    private final EventLoop loop;
    private final RemoteSession session;
    private final int port;
    private final Queue<String> addresses;
    private final Consumer<PortHolder> found;
    private boolean prohibited;

    PortTriage(EventLoop loop, RemoteSession session, HostPort asked, Consumer<PortHolder> found) {
        VantagePoints points = new VantagePoints(asked, session.login().server());
        this.loop = loop;
        this.session = session;
        this.port = asked.port();
        this.addresses = new ArrayDeque<>(points.all());
        this.found = found;
        addresses.remove(points.witness());
    }

    void start() {
        String address = addresses.poll();
        if (address == null) {
            found.accept(prohibited ? PortHolder.HIDDEN : PortHolder.NOBODY);
            return;
        }
        UUID nonce = UUID.randomUUID();
        ListenerProof proof = session.proof();
        new ListenerProbe(loop, proof.question(nonce, port), proof.answer(nonce, port), this::heard)
                .start(session.channels(), new HostPort(address, port));
    }

    private void heard(ProbeOutcome outcome) {
        switch (outcome) {
            case ProbeOutcome.Answered _ -> found.accept(PortHolder.ANOTHER_AGENT);
            case ProbeOutcome.Strange _ -> found.accept(PortHolder.STRANGER);
            case ProbeOutcome.Silent _ -> found.accept(PortHolder.SILENT);
            case ProbeOutcome.NotConnected(ConnectFailure cause) -> {
                prohibited |= cause == ConnectFailure.PROHIBITED;
                start();
            }
        }
    }
}
