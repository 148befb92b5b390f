package dev.sshtunnels.differential;

import static dev.sshtunnels.differential.ConnectionEvent.FIN;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every byte arrives, once and in order, whoever speaks first and however it is cut into writes. */
class StreamsTest extends ConversationScenario {

    private static final long HUNDRED_MEBIBYTES = 100 << 20;

    @Test
    void theTargetMayNeverHearAnything() throws Exception {
        Party.Script greets = party -> {
            party.send(60);
            party.finish();
            party.receiveToEnd();
        };
        Party.Script listens = Party::receiveToEnd;
        bothSee(ALL, new Conversation(listens, greets), outcome(List.of(reply(60), FIN), List.of(FIN)));
        bothSee(ALL, new Conversation(greets, listens), outcome(List.of(FIN), List.of(request(60), FIN)));
    }

    @Test
    void clientsMaySpeakFirst() throws Exception {
        int turns = 200;
        bothSee(
                ALL,
                new Conversation(speaksFirst(turns), speaksSecond(turns)),
                outcome(turns(Payload.OF_TARGET, turns, FIN), turns(Payload.OF_CLIENT, turns, FIN)));
    }

    @Test
    void targetsMaySpeakFirst() throws Exception {
        int turns = 200;
        bothSee(
                ALL,
                new Conversation(speaksSecond(turns), speaksFirst(turns)),
                outcome(turns(Payload.OF_TARGET, turns, FIN), turns(Payload.OF_CLIENT, turns, FIN)));
    }

    private static Party.Script speaksFirst(int turns) {
        return party -> {
            for (int i = 0; i < turns; i++) {
                party.send(100);
                party.receive(100);
            }
            party.finish();
            party.receiveToEnd();
        };
    }

    private static Party.Script speaksSecond(int turns) {
        return party -> {
            for (int i = 0; i < turns; i++) {
                party.receive(100);
                party.send(100);
            }
            party.receiveToEnd();
        };
    }

    private static List<ConnectionEvent> turns(Payload payload, int turns, ConnectionEvent end) {
        List<ConnectionEvent> events = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
            events.add(ConnectionEvent.received(payload, i * 100, 100));
        }
        events.add(end);
        return events;
    }

    /** Those of {@code dd}, and the sizes of packets and buffers on the way, with one more and one less. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 511, 512, 513, 1024, 4096, 8191, 16_384, 32_767, 32_768, 32_769, 65_521})
    void writesOfAnySizeMakeTheSameStream(int piece) throws Exception {
        long bytes = Math.min(3L << 20, 5_000L * piece);
        Party.Script sends = Streams.inPieces(bytes, piece);
        bothSee(ALL, new Conversation(sends, sends), Streams.seenByBoth(bytes));
    }

    @Test
    void hundredMebibytesGoBothWaysAtOnce() throws Exception {
        Party.Script sends = Streams.bothWays(HUNDRED_MEBIBYTES);
        bothSee(ALL, new Conversation(sends, sends), Streams.seenByBoth(HUNDRED_MEBIBYTES));
    }

    @Test
    void connectionsMayStayEmpty() throws Exception {
        Party.Script leaves = Party::close;
        Party.Script waits = Party::receiveToEnd;
        bothSee(ALL, new Conversation(leaves, waits), outcome(List.of(), List.of(FIN)));
        bothSee(ALL, new Conversation(waits, leaves), outcome(List.of(FIN), List.of()));
    }
}
