package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.rig.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All loads, in the order in which a round runs them. */
public final class Loads {

    private Loads() {}

    /** Those between a client far away and the server. */
    public static List<Load> far() {
        return List.of(
                new FarThroughput(Bulk.Way.UP, Figure.FAR_UP),
                new FarThroughput(Bulk.Way.DOWN, Figure.FAR_DOWN),
                new FarStart(Bulk.Way.UP, Figure.FAR_UP_START),
                new FarStart(Bulk.Way.DOWN, Figure.FAR_DOWN_START));
    }

    /** Those on loopback. */
    public static List<Load> near() {
        return List.of(
                new Throughput(Route.BULK, Bulk.Way.UP, 1, Figure.UP_1, Optional.of(Figure.CPU_UP)),
                new Throughput(Route.BULK, Bulk.Way.UP, 8, Figure.UP_8, Optional.empty()),
                new Throughput(Route.BULK, Bulk.Way.DOWN, 1, Figure.DOWN_1, Optional.of(Figure.CPU_DOWN)),
                new Throughput(Route.BULK, Bulk.Way.DOWN, 8, Figure.DOWN_8, Optional.empty()),
                new Throughput(Route.REMOTE_BULK, Bulk.Way.UP, 1, Figure.REMOTE_DECRYPTS, Optional.empty()),
                new Throughput(Route.REMOTE_BULK, Bulk.Way.DOWN, 1, Figure.REMOTE_ENCRYPTS, Optional.empty()),
                new PingPong(),
                new Http(1, 2, Map.of(Figure.HTTP_1_REQUESTS, Requests::perSecond, Figure.HTTP_1_P99, Requests::p99)),
                new Http(
                        32, 2, Map.of(Figure.HTTP_32_REQUESTS, Requests::perSecond, Figure.HTTP_32_P99, Requests::p99)),
                new NewConnections(Route.HTTP, Figure.NEW_LOCAL),
                new NewConnections(Route.REMOTE_HTTP, Figure.NEW_REMOTE),
                new Http(
                        1000,
                        3,
                        Map.of(
                                Figure.BUSY_REQUESTS,
                                Requests::perSecond,
                                Figure.BUSY_P99,
                                Requests::p99,
                                Figure.BUSY_ERRORS,
                                Requests::errors)),
                new Beside(Bulk.Way.UP, Figure.BESIDE_UP_P50, Figure.BESIDE_UP_P99, Figure.BESIDE_UP_BULK),
                new Beside(Bulk.Way.DOWN, Figure.BESIDE_DOWN_P50, Figure.BESIDE_DOWN_P99, Figure.BESIDE_DOWN_BULK),
                new IdleConnections(),
                new Start());
    }
}
