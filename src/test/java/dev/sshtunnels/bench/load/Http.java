package dev.sshtunnels.bench.load;

import dev.sshtunnels.bench.figure.Figure;
import dev.sshtunnels.bench.rig.Contestant;
import dev.sshtunnels.bench.rig.Route;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Small requests on connections that stay open. */
final class Http implements Load {

    private final int connections;
    private final int seconds;
    private final Map<Figure, ToDoubleFunction<Requests>> values;

    /**
     * A load of any number of connections.
     *
     * @param values how each figure is taken from the run
     */
    Http(int connections, int seconds, Map<Figure, ToDoubleFunction<Requests>> values) {
        this.connections = connections;
        this.seconds = seconds;
        this.values = values;
    }

    @Override
    public Set<Figure> figures() {
        return values.keySet();
    }

    @Override
    public Map<Figure, Double> run(Contestant contestant) {
        Requests requests = Requests.run(contestant.near(), Route.HTTP, connections, seconds);
        Map<Figure, Double> result = new EnumMap<>(Figure.class);
        values.forEach((figure, value) -> result.put(figure, value.applyAsDouble(requests)));
        return result;
    }
}
