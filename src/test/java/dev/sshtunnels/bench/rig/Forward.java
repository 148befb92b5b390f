package dev.sshtunnels.bench.rig;

/**
 * One forward of one contestant, between loopback ports.
 *
 * @param listen the port of its listener
 * @param target the port that it leads to
 */
record Forward(Route route, int listen, int target) {

    String letter() {
        return route.direction().letter();
    }
}
