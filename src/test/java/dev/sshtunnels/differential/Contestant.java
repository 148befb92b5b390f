package dev.sshtunnels.differential;

import java.util.List;

/** A client for SSH tunnels. */
interface Contestant extends AutoCloseable {

    /** Asks for forwards and returns once the fate of each is known. */
    Session hold(List<Wanted> forwards);

    @Override
    default void close() {}
}
