package dev.sshtunnels.probe;

/** What an answer shows so far. */
public sealed interface Verdict {

    /** The right server speaks; {@code words} say so, to be followed by "at" and the target. */
    record Alive(String words) implements Verdict {}

    /** Not what a server of that kind says; {@code expected} names the kind. */
    record Unexpected(String expected) implements Verdict {}

    /** More bytes are needed to tell. */
    record NeedMore() implements Verdict {}

    /** The only one there is. */
    NeedMore NEED_MORE = new NeedMore();
}
