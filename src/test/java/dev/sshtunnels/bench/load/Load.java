package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.rig.Contestant;
import java.util.Map;
import java.util.Set;

/** One kind of traffic, from its start to its end. */
public interface Load {

    /** What {@link #run} returns values for. */
    Set<Figure> figures();

    /**
     * Puts the traffic through the contestant, alone on the machine.
     *
     * @return a value for each of {@link #figures}, in its unit
     */
    Map<Figure, Double> run(Contestant contestant);

    /** How many of the rounds it takes part in, at most: fewer for one that takes long and varies little. */
    default int rounds() {
        return Integer.MAX_VALUE;
    }

    /** Whether the process that it runs through gets faster by it, so that it is run before anything counts. */
    default boolean warmsUp() {
        return true;
    }
}
