package dev.sshtunnels.differential;

import java.util.List;

/** What a contestant was asked for, as far as it could be had; closing it takes the forwards away again. */
public interface Session extends AutoCloseable {

    /** Whether the forward listens; the others were refused or could not bind. */
    boolean isInForce(int forward);

    /** The port that a forward in force listens on: the one that the server chose where 0 was asked. */
    int port(int forward);

    /** What sshd has logged since this began. */
    List<String> serverLog();

    /** Takes one forward away and leaves the others as they are. */
    void cancel(int forward);

    /** Returns when the listeners of the forwards are gone, on the server too. */
    @Override
    void close();
}
