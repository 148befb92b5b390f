package dev.sshtunnels.probe;

/** A protocol as far as it takes to tell its server from anything else. A value: it remembers nothing. */
public interface Greeting {

    /** Bytes of an answer that are looked at; no greeting needs more. */
    int MAX_ANSWER = 4096;

    /** No bytes. */
    byte[] NOTHING = {};

    /** Sent as soon as the target is connected; empty when the server speaks first. */
    byte[] opening();

    /**
     * Judges an answer.
     *
     * @param answer everything that has been received, at most {@link #MAX_ANSWER} bytes; empty right after connecting
     */
    Verdict judge(byte[] answer);

    /**
     * What a well-behaved client says before it leaves, so that the server neither logs nor counts the probe as a fault.
     *
     * @param answer that was judged to be {@link Verdict.Alive}
     */
    default byte[] farewell(byte[] answer) {
        return NOTHING;
    }
}
