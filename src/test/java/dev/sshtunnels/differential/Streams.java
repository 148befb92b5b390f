package dev.sshtunnels.differential;

import java.util.List;

/** Both ends sending at once, and what they see of it. */
final class Streams {

    private Streams() {}

    /** Sends and reads at the same time. */
    static Party.Script bothWays(long bytes) {
        return inPieces(bytes, Payload.MAX_PIECE);
    }

    static Party.Script inPieces(long bytes, int piece) {
        return party -> party.meanwhile(
                sending -> {
                    sending.sendInPieces(bytes, piece);
                    sending.finish();
                },
                Party::receiveToEnd);
    }

    static Conversation.Outcome seenByBoth(long bytes) {
        return new Conversation.Outcome(
                List.of(ConnectionEvent.received(Payload.OF_TARGET, bytes), ConnectionEvent.FIN),
                List.of(ConnectionEvent.received(Payload.OF_CLIENT, bytes), ConnectionEvent.FIN));
    }
}
