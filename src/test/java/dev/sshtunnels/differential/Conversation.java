package dev.sshtunnels.differential;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a client and a target do with a connection between them. */
record Conversation(Party.Script client, Party.Script target) {

    private static final long PATIENCE_SECONDS = 60;

    /** What both ends saw, each in its order. */
    record Outcome(List<ConnectionEvent> client, List<ConnectionEvent> target) {}

    /** Opens a connection, ready for the client's first byte. */
    interface Connector {
        Socket connect() throws IOException;
    }

    /** Plays the client's part with a new connection, and the target's with the one that arrives. */
    Outcome play(Connector connector, Target arrivals) throws Exception {
        Signals signals = new Signals();
        CompletableFuture<List<ConnectionEvent>> atTarget = new CompletableFuture<>();
        CompletableFuture<List<ConnectionEvent>> atClient = new CompletableFuture<>();
        start(target, atTarget, arrivals::arrival, Payload.OF_TARGET, Payload.OF_CLIENT, signals);
        start(client, atClient, connector, Payload.OF_CLIENT, Payload.OF_TARGET, signals);
        CompletableFuture.allOf(atClient, atTarget).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return new Outcome(atClient.get(), atTarget.get());
    }

    private static void start(
            Party.Script script,
            CompletableFuture<List<ConnectionEvent>> seen,
            Connector connector,
            Payload outgoing,
            Payload incoming,
            Signals signals) {
        Thread.ofVirtual().start(() -> {
            try (Socket socket = connector.connect()) {
                Party party = new Party(socket, outgoing, incoming, signals);
                script.run(party);
                seen.complete(party.seen());
            } catch (Throwable e) {
                seen.completeExceptionally(e);
            }
        });
    }
}
