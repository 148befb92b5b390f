package dev.sshtunnels.faults.inject;

/** What becomes of a connection's bytes in one direction, by their place in the stream. */
public sealed interface ByteFault {

    /** They arrive. */
    record None() implements ByteFault {}

    /** The first so many arrive, then nothing does in either direction; the connection stays. */
    record FreezeAfter(Way way, long bytes) implements ByteFault {}

    /** The first so many arrive, then the connection is reset. */
    record CutAfter(Way way, long bytes) implements ByteFault {}

    /** One bit of the byte at the offset arrives wrong. */
    record FlipBit(Way way, long offset) implements ByteFault {}
}
