package dev.sshtunnels.differential;

import java.io.IOException;
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
        Wire connect() throws IOException;
    }

    /** Plays the client's part with a new connection, and the target's with the one that arrives. */
    Outcome play(Connector connector, Target arrivals) throws Exception {
        return start(connector, arrivals).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Plays on other threads. */
    CompletableFuture<Outcome> start(Connector connector, Target arrivals) {
        Signals signals = new Signals();
        return play(target, arrivals::arrival, Payload.OF_TARGET, Payload.OF_CLIENT, signals)
                .thenCombine(
                        play(client, connector, Payload.OF_CLIENT, Payload.OF_TARGET, signals),
                        (atTarget, atClient) -> new Outcome(atClient, atTarget));
    }

    private static CompletableFuture<List<ConnectionEvent>> play(
            Party.Script script, Connector connector, Payload outgoing, Payload incoming, Signals signals) {
        CompletableFuture<List<ConnectionEvent>> seen = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (Wire wire = connector.connect()) {
                Party party = new Party(wire, outgoing, incoming, signals);
                script.run(party);
                seen.complete(party.seen());
            } catch (Throwable e) {
                seen.completeExceptionally(e);
            }
        });
        return seen;
    }
}
