package dev.sshtunnels.forward;

/** The part of a forward that listens. Thread-safe. */
interface ClosableForward {

    /** As {@link OpenForward#close}. */
    void close(OpenForward.Connections fate);
}
