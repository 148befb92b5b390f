package dev.sshtunnels.differential;

import static dev.sshtunnels.differential.ConnectionEvent.FIN;
import static dev.sshtunnels.differential.ConnectionEvent.SEND_FAILED;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Ends that come before everything was said: programs that leave, as {@code head} does, and RST. */
class EarlyEndTest extends ConversationScenario {

    private static final ConnectionEvent BEGINNING = new ConnectionEvent.ReceivedBeginning(true);

    /** {@code yes}. */
    private static final Party.Script WRITES_ON = party -> {
        party.sendForever();
        party.receiveToEnd();
    };

    /** {@code head}. */
    private static final Party.Script HAS_ENOUGH = party -> {
        party.receive(1_000);
        party.close();
    };

    @Test
    void writersLearnThatTheReaderHasLeft() throws Exception {
        bothSee(
                TCP,
                new Conversation(HAS_ENOUGH, WRITES_ON),
                outcome(List.of(reply(1_000)), List.of(SEND_FAILED, FIN)));
        bothSee(
                TCP,
                new Conversation(WRITES_ON, HAS_ENOUGH),
                outcome(List.of(SEND_FAILED, FIN), List.of(request(1_000))));
    }

    private static final Party.Script RESETS_AT_ONCE = party -> {
        party.await("connected");
        party.reset();
    };

    private static final Party.Script SEES_END_AND_WRITES_ON = party -> {
        party.tell("connected");
        party.receiveToEnd();
        party.sendForever();
    };

    @Test
    void resetByTheClientBeforeAnyData() throws Exception {
        bothSee(
                TCP,
                new Conversation(RESETS_AT_ONCE, SEES_END_AND_WRITES_ON),
                outcome(List.of(), List.of(FIN, SEND_FAILED)));
    }

    private static final Party.Script ASKS = party -> {
        party.send(1_000);
        party.receiveToEnd();
        party.sendForever();
    };

    private static final Party.Script RESETS_INSTEAD_OF_AN_ANSWER = party -> {
        party.receive(1_000);
        party.reset();
    };

    @Test
    void resetInsteadOfAnAnswer() throws Exception {
        bothSee(
                TCP,
                new Conversation(ASKS, RESETS_INSTEAD_OF_AN_ANSWER),
                outcome(List.of(FIN, SEND_FAILED), List.of(request(1_000))));
        bothSee(
                TCP,
                new Conversation(RESETS_INSTEAD_OF_AN_ANSWER, ASKS),
                outcome(List.of(reply(1_000)), List.of(FIN, SEND_FAILED)));
    }

    private static final Party.Script RESETS_AFTER_A_MESSAGE = party -> {
        party.send(1_000);
        party.await("message read");
        party.reset();
    };

    private static final Party.Script READS_A_MESSAGE = party -> {
        party.receive(1_000);
        party.tell("message read");
        party.receiveToEnd();
        party.sendForever();
    };

    @Test
    void resetBetweenMessages() throws Exception {
        bothSee(
                TCP,
                new Conversation(RESETS_AFTER_A_MESSAGE, READS_A_MESSAGE),
                outcome(List.of(), List.of(request(1_000), FIN, SEND_FAILED)));
        bothSee(
                TCP,
                new Conversation(READS_A_MESSAGE, RESETS_AFTER_A_MESSAGE),
                outcome(List.of(reply(1_000), FIN, SEND_FAILED), List.of()));
    }

    private static final Party.Script RESETS_WHILE_IT_SENDS = party -> party.meanwhile(Party::sendForever, other -> {
        other.await("some megabytes read");
        other.reset();
    });

    private static final Party.Script READS_ON = party -> {
        party.receive(5 << 20);
        party.tell("some megabytes read");
        party.receiveBeginning();
    };

    @Test
    void resetInTheMiddleOfATransfer() throws Exception {
        bothSee(
                TCP,
                new Conversation(RESETS_WHILE_IT_SENDS, READS_ON),
                outcome(List.of(SEND_FAILED), List.of(request(5 << 20), BEGINNING, FIN)));
        bothSee(
                TCP,
                new Conversation(READS_ON, RESETS_WHILE_IT_SENDS),
                outcome(List.of(reply(5 << 20), BEGINNING, FIN), List.of(SEND_FAILED)));
    }

    private static final Party.Script RESETS_THE_SENDER = party -> {
        party.receive(5 << 20);
        party.reset();
    };

    @Test
    void resetOfTheOneThatReceives() throws Exception {
        bothSee(
                TCP,
                new Conversation(RESETS_THE_SENDER, WRITES_ON),
                outcome(List.of(reply(5 << 20)), List.of(SEND_FAILED, FIN)));
        bothSee(
                TCP,
                new Conversation(WRITES_ON, RESETS_THE_SENDER),
                outcome(List.of(SEND_FAILED, FIN), List.of(request(5 << 20))));
    }

    private static final Party.Script RESETS_AFTER_ITS_FIN = party -> {
        party.send(1_000);
        party.finish();
        party.await("FIN seen");
        party.reset();
    };

    private static final Party.Script ANSWERS_AFTER_THE_FIN = party -> {
        party.receiveToEnd();
        party.tell("FIN seen");
        party.sendForever();
    };

    @Test
    void resetAfterTheOwnFin() throws Exception {
        bothSee(
                TCP,
                new Conversation(RESETS_AFTER_ITS_FIN, ANSWERS_AFTER_THE_FIN),
                outcome(List.of(), List.of(request(1_000), FIN, SEND_FAILED)));
        bothSee(
                TCP,
                new Conversation(ANSWERS_AFTER_THE_FIN, RESETS_AFTER_ITS_FIN),
                outcome(List.of(reply(1_000), FIN, SEND_FAILED), List.of()));
    }

    private static final Party.Script RESETS_AFTER_THE_OTHERS_FIN = party -> {
        party.receiveToEnd();
        party.reset();
    };

    private static final Party.Script ENDS_ITS_SIDE = party -> {
        party.send(1_000);
        party.finish();
        party.receiveToEnd();
    };

    @Test
    void resetAfterTheOthersFin() throws Exception {
        bothSee(
                TCP,
                new Conversation(RESETS_AFTER_THE_OTHERS_FIN, ENDS_ITS_SIDE),
                outcome(List.of(reply(1_000), FIN), List.of(FIN)));
        bothSee(
                TCP,
                new Conversation(ENDS_ITS_SIDE, RESETS_AFTER_THE_OTHERS_FIN),
                outcome(List.of(FIN), List.of(request(1_000), FIN)));
    }
}
