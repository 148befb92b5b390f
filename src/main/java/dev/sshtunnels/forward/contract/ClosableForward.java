package dev.sshtunnels.forward.contract;

/** The part of a forward that listens. Thread-safe. */
public interface ClosableForward {

    /** As {@link OpenForward#close}. */
    void close(OpenForward.Connections fate);

    /** Its session has ended, and with it whatever it carried. */
    default void lost() {
        close(OpenForward.Connections.RESET);
    }

    /** Whether it is to be proved where the listener can be reached, which there is to ask only of one elsewhere. */
    default void verifyExposure(boolean wanted) {}
}
