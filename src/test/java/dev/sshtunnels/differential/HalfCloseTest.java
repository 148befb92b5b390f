package dev.sshtunnels.differential;

import static dev.sshtunnels.differential.ConnectionEvent.FIN;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each direction of a connection ends by itself (RFC 9293 3.6; CHANNEL_EOF, RFC 4254 5.3). */
class HalfCloseTest extends ConversationScenario {

    private static final long SMALL = 1_000;
    private static final long BIG = 8 << 20;

    private static final Party.Script SPEAKS_FIRST = party -> {
        party.send(SMALL);
        party.finish();
        party.receiveToEnd();
    };

    private static Party.Script answers(long bytes) {
        return party -> {
            party.receiveToEnd();
            party.send(bytes);
            party.finish();
        };
    }

    @Test
    void clientEndsItsSideFirstAndGetsTheReply() throws Exception {
        bothSee(
                ALL,
                new Conversation(SPEAKS_FIRST, answers(SMALL)),
                outcome(List.of(reply(SMALL), FIN), List.of(request(SMALL), FIN)));
    }

    @Test
    void targetEndsItsSideFirstAndGetsTheAnswer() throws Exception {
        bothSee(
                ALL,
                new Conversation(answers(SMALL), SPEAKS_FIRST),
                outcome(List.of(reply(SMALL), FIN), List.of(request(SMALL), FIN)));
    }

    @Test
    void muchCanFollowTheClientsFin() throws Exception {
        bothSee(
                ALL,
                new Conversation(SPEAKS_FIRST, answers(BIG)),
                outcome(List.of(reply(BIG), FIN), List.of(request(SMALL), FIN)));
    }

    @Test
    void muchCanFollowTheTargetsFin() throws Exception {
        bothSee(
                ALL,
                new Conversation(answers(BIG), SPEAKS_FIRST),
                outcome(List.of(reply(SMALL), FIN), List.of(request(BIG), FIN)));
    }

    @Test
    void bothEndTheirSidesAtOnce() throws Exception {
        Party.Script both = Streams.bothWays(BIG);
        bothSee(ALL, new Conversation(both, both), Streams.seenByBoth(BIG));
    }

    @Test
    void sidesThatEndWithoutAByteDoNotEndTheOther() throws Exception {
        Party.Script silent = party -> {
            party.finish();
            party.receiveToEnd();
        };
        bothSee(ALL, new Conversation(silent, answers(SMALL)), outcome(List.of(reply(SMALL), FIN), List.of(FIN)));
        bothSee(ALL, new Conversation(answers(SMALL), silent), outcome(List.of(FIN), List.of(request(SMALL), FIN)));
    }

    @Test
    void messagesGoOnOneByOneAfterTheFin() throws Exception {
        Party.Script listens = party -> {
            party.finish();
            for (int i = 0; i < 50; i++) {
                party.receive(SMALL);
                party.tell("message " + i);
            }
            party.receiveToEnd();
        };
        Party.Script speaks = party -> {
            party.receiveToEnd();
            for (int i = 0; i < 50; i++) {
                party.send(SMALL);
                party.await("message " + i);
            }
        };
        bothSee(ALL, new Conversation(listens, speaks), outcome(messages(Payload.OF_TARGET), List.of(FIN)));
        bothSee(ALL, new Conversation(speaks, listens), outcome(List.of(FIN), messages(Payload.OF_CLIENT)));
    }

    private static List<ConnectionEvent> messages(Payload payload) {
        return Stream.concat(
                        IntStream.range(0, 50).mapToObj(i -> ConnectionEvent.received(payload, i * SMALL, SMALL)),
                        Stream.of(FIN))
                .toList();
    }
}
