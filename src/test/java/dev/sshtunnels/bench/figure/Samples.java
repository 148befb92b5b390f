package dev.sshtunnels.bench.figure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The values of all rounds. */
public final class Samples {

    private final Map<Figure, List<Double>> agent = new EnumMap<>(Figure.class);
    private final Map<Figure, List<Double>> ssh = new EnumMap<>(Figure.class);

    public void addAgent(Map<Figure, Double> values) {
        add(agent, values);
    }

    public void addSsh(Map<Figure, Double> values) {
        add(ssh, values);
    }

    private static void add(Map<Figure, List<Double>> all, Map<Figure, Double> values) {
        values.forEach((figure, value) ->
                all.computeIfAbsent(figure, _ -> new ArrayList<>()).add(value));
    }

    /** In the order of the table; figures that one of the two has no value for are left out. */
    public List<Outcome> outcomes() {
        return agent.keySet().stream()
                .filter(ssh::containsKey)
                .map(figure -> new Outcome(figure, Spread.of(agent.get(figure)), Spread.of(ssh.get(figure))))
                .toList();
    }
}
