package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.rig.Contestant;
import dev.sshtunnels.bench.rig.Route;
import java.util.Map;
import java.util.Set;

/** A connection for each request: 32 clients connect, ask, read the answer to the server's FIN, and connect again. */
final class NewConnections implements Load {

    private static final int CLIENTS = 32;
    private static final int SECONDS = 2;

    private final Route route;
    private final Figure figure;

    NewConnections(Route route, Figure figure) {
        this.route = route;
        this.figure = figure;
    }

    @Override
    public Set<Figure> figures() {
        return Set.of(figure);
    }

    @Override
    public Map<Figure, Double> run(Contestant contestant) {
        Requests requests = Requests.run(contestant.near(), route, CLIENTS, SECONDS, "--header", "Connection: close");
        return Map.of(figure, requests.perSecond());
    }
}
